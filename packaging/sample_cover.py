"""Draw the cover of the sample book: a clock tower over a night sea, by Qt's painter alone."""

import math
import os
import random
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QImage,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRadialGradient,
)

WIDTH, HEIGHT = 1200, 1800  # pixels: the 2:3 of most shops
SEA = 1330  # where the sea begins, in pixels from the top
CLOCK = QPointF(800, 830)
INK, TOWER, GOLD, CREAM = QColor("#0b1530"), QColor("#131f3d"), QColor("#f3c66b"), QColor("#fbeed2")
HOUR, MINUTE = 8, 17  # when the clock of the story stopped


def draw_cover(path: Path, title: str, author: str) -> None:
    """Draw the cover and write it to `path` as JPEG. The lettering is in the machine's serif
    face."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication.instance() or QGuiApplication([])
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for draw in (_sky, _sea, _glow, _rock, _tower, _clock, _gulls):
        painter.save()
        draw(painter)
        painter.restore()
    _lettering(painter, title, author)
    painter.end()
    if not image.save(str(path), "JPEG", 88):
        raise OSError(f"{path} cannot be written")
    del application


def _sky(painter: QPainter) -> None:
    sky = QLinearGradient(0, 0, 0, SEA)
    dusk = ((0, "#0a1230"), (0.45, "#1d2f63"), (0.75, "#5d4f86"), (0.92, "#d98a72"), (1, "#f6c08a"))
    for stop, color in dusk:
        sky.setColorAt(stop, QColor(color))
    painter.fillRect(0, 0, WIDTH, SEA + 1, sky)
    stars = random.Random(1912)
    for _ in range(170):
        height = stars.random() ** 1.6
        color = QColor(CREAM)
        color.setAlphaF((1 - height) * stars.uniform(0.3, 1.0))
        painter.setBrush(color)
        size = stars.choice((1.2, 1.6, 2.2, 3.0))
        painter.drawEllipse(QPointF(stars.uniform(0, WIDTH), height * 900), size, size)


def _sea(painter: QPainter) -> None:
    sea = QLinearGradient(0, SEA, 0, HEIGHT)
    for stop, color in ((0, "#c98273"), (0.12, "#6a5a86"), (0.5, "#22315f"), (1, "#0a1230")):
        sea.setColorAt(stop, QColor(color))
    painter.fillRect(0, SEA, WIDTH, HEIGHT - SEA, sea)
    waves = random.Random(88)
    for _ in range(230):
        depth = waves.random()
        width = 20 + 150 * depth
        color = QColor("#f6c08a" if depth < 0.45 else "#8fa3d8")
        color.setAlphaF(0.32 * (1 - depth) + 0.07)
        painter.setBrush(color)
        spot = QPointF(waves.gauss(380, 330), SEA + 6 + depth * (HEIGHT - SEA))
        painter.drawEllipse(spot, width / 2, 1.5 + 3 * depth)


def _rock(painter: QPainter) -> None:
    rock = QPainterPath(QPointF(430, 1500))
    for x1, y1, x2, y2 in (
        (520, 1440, 590, 1375),
        (640, 1330, 700, 1318),
        (880, 1290, 960, 1322),
        (1090, 1350, WIDTH, 1300),
    ):
        rock.quadTo(QPointF(x1, y1), QPointF(x2, y2))
    rock.lineTo(WIDTH, 1560)
    rock.quadTo(QPointF(800, 1545), QPointF(430, 1500))
    painter.setBrush(INK)
    painter.drawPath(rock)
    for number, (x, width, height) in enumerate(((985, 70, 62), (1062, 84, 80), (1150, 76, 66))):
        top = 1318 - height
        painter.setBrush(TOWER)
        painter.drawRect(QRectF(x, top, width, height + 20))
        ridge = QPointF(x + width / 2, top - 44)
        painter.drawPolygon(QPolygonF([QPointF(x - 8, top), ridge, QPointF(x + width + 8, top)]))
        painter.setBrush(GOLD)
        painter.drawRect(QRectF(x + 14 + 10 * number, top + 22, 15, 20))


def _tower(painter: QPainter) -> None:
    x, half = CLOCK.x(), 132
    painter.setBrush(TOWER)
    top, foot = (QPointF(x - half, 660), QPointF(x + half, 660)), half + 26
    painter.drawPolygon(QPolygonF([*top, QPointF(x + foot, 1330), QPointF(x - foot, 1330)]))
    light = QLinearGradient(x - half, 0, x + half, 0)
    light.setColorAt(0, QColor(246, 192, 138, 70))
    light.setColorAt(0.35, QColor(246, 192, 138, 0))
    painter.setBrush(light)
    painter.drawRect(QRectF(x - half, 660, 2 * half, 670))
    painter.setBrush(INK)
    painter.drawRect(QRectF(x - half - 18, 640, 2 * half + 36, 26))
    painter.drawRect(QRectF(x - half - 14, 1000, 2 * half + 28, 18))
    painter.drawPolygon(
        QPolygonF([QPointF(x - half - 4, 640), QPointF(x, 420), QPointF(x + half + 4, 640)])
    )
    painter.drawRect(QRectF(x - 3, 375, 6, 60))
    painter.setBrush(GOLD)
    painter.drawEllipse(QPointF(x, 375), 9, 9)
    for y in (1075, 1165):
        window = QPainterPath()
        window.addRoundedRect(QRectF(x - 17, y, 34, 56), 17, 17)
        painter.drawPath(window)
    painter.setBrush(QColor("#2f6b52"))
    painter.drawRoundedRect(QRectF(x - 30, 1256, 60, 76), 28, 28)


def _glow(painter: QPainter) -> None:
    glow = QRadialGradient(CLOCK, 420)
    for stop, alpha in ((0, 170), (0.4, 80), (0.75, 18), (1, 0)):
        glow.setColorAt(stop, QColor(255, 226, 160, alpha))
    painter.setBrush(glow)
    painter.drawEllipse(CLOCK, 420, 420)


def _clock(painter: QPainter) -> None:
    painter.translate(CLOCK)
    painter.setBrush(GOLD)
    painter.drawEllipse(QPointF(0, 0), 116, 116)
    painter.setBrush(CREAM)
    painter.drawEllipse(QPointF(0, 0), 104, 104)
    for mark in range(60):
        long = mark % 5 == 0
        angle = math.radians(6 * mark)
        painter.setPen(QPen(INK, 5 if long else 1.6))
        direction = QPointF(math.sin(angle), -math.cos(angle))
        painter.drawLine(direction * (82 if long else 92), direction * 98)
    for degrees, length, width in ((30 * (HOUR + MINUTE / 60), 56, 9), (6 * MINUTE, 82, 6)):
        angle = math.radians(degrees)
        direction = QPointF(math.sin(angle), -math.cos(angle))
        painter.setPen(QPen(INK, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(direction * -14, direction * length)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(GOLD)
    painter.drawEllipse(QPointF(0, 0), 9, 9)


def _gulls(painter: QPainter) -> None:
    painter.setPen(QPen(CREAM, 4, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for x, y, span in (
        (300, 900, 46),
        (400, 840, 34),
        (215, 1005, 30),
        (500, 960, 26),
        (1010, 720, 30),
    ):
        wings = QPainterPath(QPointF(x - span, y - span * 0.25))
        wings.quadTo(QPointF(x - span * 0.4, y - span * 0.6), QPointF(x, y))
        wings.quadTo(QPointF(x + span * 0.4, y - span * 0.6), QPointF(x + span, y - span * 0.25))
        painter.drawPath(wings)


def _lettering(painter: QPainter, title: str, author: str) -> None:
    painter.setPen(CREAM)
    top = 64.0
    for line in _two_lines(title):
        top = _centred(painter, line, top, 112, bold=True)
    painter.setPen(GOLD)
    _centred(painter, author, 1660, 44, bold=False)


def _two_lines(title: str) -> list[str]:
    blanks = (place for place, letter in enumerate(title) if letter == " ")
    middle = min(blanks, key=lambda place: abs(place - len(title) / 2))
    return [title[:middle], title[middle + 1 :]]


def _centred(painter: QPainter, text: str, top: float, size: int, *, bold: bool) -> float:
    """Write a line and give where the next one begins, in pixels."""
    font = QFont("DejaVu Serif", weight=QFont.Weight.Bold if bold else QFont.Weight.Normal)
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(size)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0 if bold else 6)
    painter.setFont(font)
    height = QFontMetricsF(font).height()
    painter.drawText(QRectF(0, top, WIDTH, height), Qt.AlignmentFlag.AlignCenter, text)
    return top + height
