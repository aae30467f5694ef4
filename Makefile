# narrator: every target sets up what it needs. A second call of the same finds it there.

RUN = .venv/bin/python
READY = .venv/.ready
SAMPLE = $(firstword $(wildcard resources/sample/*.epub))
export BOOK OUT VOICE CORPUS MINUTES PYTHON

# An environment whose Python has gone, upgraded or moved, is made anew.
$(shell $(RUN) -c '' >/dev/null 2>&1 || rm -f $(READY)-*)

.PHONY: help narrate app test lint translations bench bench-watermark train evaluate clean

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## /make \1	/p' Makefile

narrate: $(READY)-narrate ## the sample book, or BOOK=path, to MP3 chapters [OUT=folder] [VOICE=name] [ARGS=...]
	@sh packaging/system.sh sound
	@book='$(SAMPLE)' out=build/narration; \
	if [ -n "$$BOOK" ]; then book=$$BOOK; name=$$(basename "$$BOOK"); out=$$out/$${name%.*}; fi; \
	exec $(RUN) -m narrator narrate "$$book" --out "$${OUT:-$$out}" $${VOICE:+--voice "$$VOICE"} $(ARGS)

app: $(READY)-narrate ## the window [BOOK=path]
	@sh packaging/system.sh sound window screen
	@exec $(RUN) -m narrator app $${BOOK:+"$$BOOK"}

test: lint ## lint, then every test; ARGS=... goes to pytest
	@sh packaging/system.sh sound window server screen reader
	QT_QPA_PLATFORM=offscreen $(RUN) -m pytest $(ARGS)

lint: $(READY)-test ## ruff and mypy
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy

translations: $(READY)-test ## find the texts in the code anew, compile what is translated
	@$(RUN) packaging/translations.py

bench: $(READY)-test ## speed and memory on this machine [ARGS=--large: of large books too]
	@$(RUN) tests/bench/narrate_sample.py $(ARGS)

bench-watermark: $(READY)-eval ## how the watermark survives, CORPUS=folder [ARGS=--rounds=1: a first look]
	@test -n "$$CORPUS" || { echo 'make bench-watermark needs CORPUS=folder, a folder of recordings.' >&2; exit 2; }
	@$(RUN) tests/bench/watermark.py --corpus "$$CORPUS" $(ARGS)

train: $(READY)-train ## a voice from recordings, CORPUS=folder [MINUTES=number] [ARGS=...]
	@test -n "$$CORPUS" || { echo 'make train needs CORPUS=folder, a folder of recordings.' >&2; exit 2; }
	exec $(RUN) -m narrator.training --corpus "$$CORPUS" $${MINUTES:+--minutes "$$MINUTES"} $(ARGS)

evaluate: $(READY)-eval ## figures of the trained voice, CORPUS=folder [ARGS=...]
	@test -n "$$CORPUS" || { echo 'make evaluate needs CORPUS=folder, a folder of recordings.' >&2; exit 2; }
	@sh packaging/system.sh voices
	exec $(RUN) -m narrator.training.evaluate --corpus "$$CORPUS" $(ARGS)

clean: ## remove what is quickly made again; training and .venv stay
	rm -rf build/narration dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

$(READY)-test: EXTRAS = dev
$(READY)-train: EXTRAS = train
$(READY)-eval: EXTRAS = eval
$(READY)-%: pyproject.toml packaging/constraints.txt packaging/environment.sh
	@sh packaging/environment.sh $@ $(EXTRAS)
