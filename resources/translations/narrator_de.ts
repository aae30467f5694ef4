<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
    <context>
        <name>narrator</name>
        <message>
            <source> %</source>
            <translation> %</translation>
        </message>
        <message>
            <source> GB</source>
            <translation> GB</translation>
        </message>
        <message>
            <source> and 1 more</source>
            <translation> und 1 weiterer</translation>
        </message>
        <message>
            <source> and {more} more</source>
            <translation> und {more} weitere</translation>
        </message>
        <message>
            <source> dB</source>
            <translation> dB</translation>
        </message>
        <message>
            <source> lines</source>
            <translation> Zeilen</translation>
        </message>
        <message>
            <source> or </source>
            <translation> oder </translation>
        </message>
        <message>
            <source> px</source>
            <translation> px</translation>
        </message>
        <message>
            <source> s</source>
            <translation> s</translation>
        </message>
        <message>
            <source> semitones</source>
            <translation> Halbtöne</translation>
        </message>
        <message>
            <source> ×</source>
            <translation> ×</translation>
        </message>
        <message>
            <source>! A sentence needs words. To leave it out, untick “Read aloud”.</source>
            <translation>! Ein Satz braucht Wörter. Um ihn auszulassen, nimm das Häkchen bei „Vorlesen“ weg.</translation>
        </message>
        <message>
            <source>! failed</source>
            <translation>! misslungen</translation>
        </message>
        <message>
            <source>! too loud: move away or turn the microphone down</source>
            <translation>! zu laut: Geh weiter weg oder stell das Mikrofon leiser</translation>
        </message>
        <message>
            <source>! too quiet: come nearer to the microphone</source>
            <translation>! zu leise: Komm näher an das Mikrofon</translation>
        </message>
        <message>
            <source>! {problem}</source>
            <translation>! {problem}</translation>
        </message>
        <message>
            <source>! {sentences} could not be spoken. They are tried again; a chapter in which one fails is not written.</source>
            <translation>! Misslungen: {sentences}. Das wird noch einmal versucht; ein Kapitel, in dem etwas misslingt, wird nicht geschrieben.</translation>
        </message>
        <message>
            <source>&amp;All included: {n}</source>
            <translation>&amp;Alles, was vorgelesen wird: {n}</translation>
        </message>
        <message>
            <source>&amp;Back</source>
            <translation>&amp;Zurück</translation>
        </message>
        <message>
            <source>&amp;Bookmark this place</source>
            <translation>&amp;Lesezeichen hier setzen</translation>
        </message>
        <message>
            <source>&amp;Cancel</source>
            <translation>&amp;Abbrechen</translation>
        </message>
        <message>
            <source>&amp;Chapters</source>
            <translation>&amp;Kapitel</translation>
        </message>
        <message>
            <source>&amp;Choose a sound file…</source>
            <translation>&amp;Klangdatei wählen…</translation>
        </message>
        <message>
            <source>&amp;Close</source>
            <translation>&amp;Schließen</translation>
        </message>
        <message>
            <source>&amp;Colours</source>
            <translation>&amp;Farben</translation>
        </message>
        <message>
            <source>&amp;Description</source>
            <translation>Bes&amp;chreibung</translation>
        </message>
        <message>
            <source>&amp;Down</source>
            <translation>&amp;Nach unten</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>&amp;Bearbeiten</translation>
        </message>
        <message>
            <source>&amp;Edit…</source>
            <translation>&amp;Bearbeiten…</translation>
        </message>
        <message>
            <source>&amp;Empty the store…</source>
            <translation>Vorrat l&amp;eeren…</translation>
        </message>
        <message>
            <source>&amp;Erase it and record again</source>
            <translation>&amp;Löschen und neu aufnehmen</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>&amp;Exportieren</translation>
        </message>
        <message>
            <source>&amp;Export…</source>
            <translation>E&amp;xportieren…</translation>
        </message>
        <message>
            <source>&amp;Face</source>
            <translation>&amp;Schriftart</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <source>&amp;Folder</source>
            <translation>&amp;Ordner</translation>
        </message>
        <message>
            <source>&amp;Folder for audiobooks</source>
            <translation>&amp;Ordner für Hörbücher</translation>
        </message>
        <message>
            <source>&amp;Go on</source>
            <translation>We&amp;iter</translation>
        </message>
        <message>
            <source>&amp;Hear</source>
            <translation>&amp;Anhören</translation>
        </message>
        <message>
            <source>&amp;Hear it</source>
            <translation>&amp;Anhören</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <source>&amp;I agree</source>
            <translation>&amp;Ich stimme zu</translation>
        </message>
        <message>
            <source>&amp;Import…</source>
            <translation>&amp;Importieren…</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>&amp;Sprache</translation>
        </message>
        <message>
            <source>&amp;MP3, a file for each chapter</source>
            <translation>&amp;MP3, eine Datei je Kapitel</translation>
        </message>
        <message>
            <source>&amp;Name of the speaker</source>
            <translation>&amp;Name der sprechenden Person</translation>
        </message>
        <message>
            <source>&amp;Name of the voice</source>
            <translation>&amp;Name der Stimme</translation>
        </message>
        <message>
            <source>&amp;Names</source>
            <translation>&amp;Namen</translation>
        </message>
        <message>
            <source>&amp;No picture</source>
            <translation>&amp;Kein Bild</translation>
        </message>
        <message>
            <source>&amp;Phonemes, to be put in with Enter</source>
            <translation>&amp;Laute, mit der Eingabetaste einzufügen</translation>
        </message>
        <message>
            <source>&amp;Playback</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <source>&amp;Remove</source>
            <translation>&amp;Entfernen</translation>
        </message>
        <message>
            <source>&amp;Rename…</source>
            <translation>&amp;Umbenennen…</translation>
        </message>
        <message>
            <source>&amp;Sentence</source>
            <translation>&amp;Satz</translation>
        </message>
        <message>
            <source>&amp;Stop</source>
            <translation>S&amp;topp</translation>
        </message>
        <message>
            <source>&amp;Subtitle</source>
            <translation>&amp;Untertitel</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>&amp;Farbschema</translation>
        </message>
        <message>
            <source>&amp;Title</source>
            <translation>&amp;Titel</translation>
        </message>
        <message>
            <source>&amp;Up</source>
            <translation>Nach &amp;oben</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <source>&amp;Voice for new books</source>
            <translation>Stimme für &amp;neue Bücher</translation>
        </message>
        <message>
            <source>&amp;WAV, as large as can be</source>
            <translation>&amp;WAV, so groß wie möglich</translation>
        </message>
        <message>
            <source>&amp;Withdraw…</source>
            <translation>&amp;Zurückziehen…</translation>
        </message>
        <message>
            <source>&amp;Year</source>
            <translation>&amp;Jahr</translation>
        </message>
        <message>
            <source>1 more try</source>
            <translation>noch 1 Versuch</translation>
        </message>
        <message>
            <source>1 semitone down</source>
            <translation>1 Halbton tiefer</translation>
        </message>
        <message>
            <source>1 semitone up</source>
            <translation>1 Halbton höher</translation>
        </message>
        <message>
            <source>A file name knows no field {field}: use any of {known}, in braces.</source>
            <translation>Ein Dateiname kennt kein Feld {field}: Nimm eines von {known}, in geschweiften Klammern.</translation>
        </message>
        <message>
            <source>A pause has no energy.</source>
            <translation>Eine Pause hat keine Energie.</translation>
        </message>
        <message>
            <source>A recording of the speaker alone, as WAV, FLAC, MP3, M4A or OGG. It must be the voice that has just been heard here.</source>
            <translation>Eine Aufnahme, auf der nur diese Person spricht, als WAV, FLAC, MP3, M4A oder OGG. Es muss die Stimme sein, die eben hier zu hören war.</translation>
        </message>
        <message>
            <source>A sentence needs words. Leave it out with X instead.</source>
            <translation>Ein Satz braucht Wörter. Lass ihn stattdessen mit X aus.</translation>
        </message>
        <message>
            <source>About the book</source>
            <translation>Über das Buch</translation>
        </message>
        <message>
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>Actions found</source>
            <translation>Gefundene Aktionen</translation>
        </message>
        <message>
            <source>Add to the &amp;queue</source>
            <translation>&amp;Zur Warteschlange hinzufügen</translation>
        </message>
        <message>
            <source>All actions</source>
            <translation>Alle Aktionen</translation>
        </message>
        <message>
            <source>All commands…</source>
            <translation>Alle Befehle…</translation>
        </message>
        <message>
            <source>All files</source>
            <translation>Alle Dateien</translation>
        </message>
        <message>
            <source>All pronunciations…</source>
            <translation>Alle Aussprachen…</translation>
        </message>
        <message>
            <source>All sentences</source>
            <translation>Alle Sätze</translation>
        </message>
        <message>
            <source>All was heard.</source>
            <translation>Alles wurde gehört.</translation>
        </message>
        <message>
            <source>All was heard. Once the voice is saved, it can be heard as well.</source>
            <translation>Alles wurde gehört. Sobald die Stimme gespeichert ist, kannst du auch sie anhören.</translation>
        </message>
        <message>
            <source>Another language shows when narrator is started again.</source>
            <translation>Eine andere Sprache erscheint, wenn narrator neu gestartet wird.</translation>
        </message>
        <message>
            <source>Appl&amp;y</source>
            <translation>An&amp;wenden</translation>
        </message>
        <message>
            <source>As a list</source>
            <translation>Als Liste</translation>
        </message>
        <message>
            <source>As a page</source>
            <translation>Als Seite</translation>
        </message>
        <message>
            <source>As cast</source>
            <translation>Wie besetzt</translation>
        </message>
        <message>
            <source>As cast: {voice}</source>
            <translation>Wie besetzt: {voice}</translation>
        </message>
        <message>
            <source>As in the window</source>
            <translation>Wie im Fenster</translation>
        </message>
        <message>
            <source>As the book</source>
            <translation>Wie das Buch</translation>
        </message>
        <message>
            <source>As the system has it</source>
            <translation>Wie das System</translation>
        </message>
        <message>
            <source>At the end of the chapter</source>
            <translation>Am Ende des Kapitels</translation>
        </message>
        <message>
            <source>Aut&amp;hors</source>
            <translation>Aut&amp;oren</translation>
        </message>
        <message>
            <source>Authors, with ; between them</source>
            <translation>Autoren, mit ; dazwischen</translation>
        </message>
        <message>
            <source>Back to the voice's own</source>
            <translation>Zurück zur eigenen Art der Stimme</translation>
        </message>
        <message>
            <source>Back to the voice's own way</source>
            <translation>Zurück zur eigenen Art der Stimme</translation>
        </message>
        <message>
            <source>Black on white</source>
            <translation>Schwarz auf Weiß</translation>
        </message>
        <message>
            <source>Black on yellow</source>
            <translation>Schwarz auf Gelb</translation>
        </message>
        <message>
            <source>Book details…</source>
            <translation>Angaben zum Buch…</translation>
        </message>
        <message>
            <source>Book&amp;marks</source>
            <translation>Lese&amp;zeichen</translation>
        </message>
        <message>
            <source>Bookmark</source>
            <translation>Lesezeichen</translation>
        </message>
        <message>
            <source>Books</source>
            <translation>Bücher</translation>
        </message>
        <message>
            <source>C&amp;hoose a file…</source>
            <translation>Datei &amp;wählen…</translation>
        </message>
        <message>
            <source>C&amp;hoose the folder…</source>
            <translation>Ordner &amp;wählen…</translation>
        </message>
        <message>
            <source>C&amp;hoose…</source>
            <translation>Wä&amp;hlen…</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <source>Changed ones</source>
            <translation>Geänderte</translation>
        </message>
        <message>
            <source>Changes {sentences} of this book.</source>
            <translation>Ändert {sentences} dieses Buchs.</translation>
        </message>
        <message>
            <source>Chapter</source>
            <translation>Kapitel</translation>
        </message>
        <message>
            <source>Chapters</source>
            <translation>Kapitel</translation>
        </message>
        <message>
            <source>Character</source>
            <translation>Figur</translation>
        </message>
        <message>
            <source>Check a sound file</source>
            <translation>Klangdatei prüfen</translation>
        </message>
        <message>
            <source>Check a sound file…</source>
            <translation>Klangdatei prüfen…</translation>
        </message>
        <message>
            <source>Checking the recording…</source>
            <translation>Die Aufnahme wird geprüft…</translation>
        </message>
        <message>
            <source>Checking {name}…</source>
            <translation>{name} wird geprüft…</translation>
        </message>
        <message>
            <source>Checks: {text}</source>
            <translation>Prüfungen: {text}</translation>
        </message>
        <message>
            <source>Choose a cover</source>
            <translation>Titelbild wählen</translation>
        </message>
        <message>
            <source>Choose a folder.</source>
            <translation>Wähle einen Ordner.</translation>
        </message>
        <message>
            <source>Choose a format.</source>
            <translation>Wähle ein Format.</translation>
        </message>
        <message>
            <source>Choose a p&amp;icture…</source>
            <translation>&amp;Bild wählen…</translation>
        </message>
        <message>
            <source>Choose a sound file</source>
            <translation>Klangdatei wählen</translation>
        </message>
        <message>
            <source>Choose a take</source>
            <translation>Fassung wählen</translation>
        </message>
        <message>
            <source>Choose the folder</source>
            <translation>Ordner wählen</translation>
        </message>
        <message>
            <source>Choose the folder for the files</source>
            <translation>Ordner für die Dateien wählen</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <source>Close the book</source>
            <translation>Buch schließen</translation>
        </message>
        <message>
            <source>Close without a voice? What was recorded is lost.</source>
            <translation>Ohne Stimme schließen? Was aufgenommen wurde, geht verloren.</translation>
        </message>
        <message>
            <source>Comp&amp;ute on</source>
            <translation>&amp;Rechnen auf</translation>
        </message>
        <message>
            <source>Compare</source>
            <translation>Vergleichen</translation>
        </message>
        <message>
            <source>Compare with the take before</source>
            <translation>Mit der Fassung davor vergleichen</translation>
        </message>
        <message>
            <source>Consent</source>
            <translation>Einwilligung</translation>
        </message>
        <message>
            <source>Cover of {title}</source>
            <translation>Titelbild von {title}</translation>
        </message>
        <message>
            <source>Ctrl+Enter applies, Esc restores</source>
            <translation>Strg+Eingabe übernimmt, Esc stellt wieder her</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <source>Description</source>
            <translation>Beschreibung</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>Fertig</translation>
        </message>
        <message>
            <source>Doubtful ones</source>
            <translation>Zweifelhafte</translation>
        </message>
        <message>
            <source>Drop a book here</source>
            <translation>Leg ein Buch hier ab</translation>
        </message>
        <message>
            <source>Drop a sound file here, or choose one. narrator looks for the inaudible mark that everything it speaks bears. The file stays on this computer.</source>
            <translation>Leg eine Klangdatei hier ab oder wähle eine. narrator sucht die unhörbare Markierung, die alles trägt, was es spricht. Die Datei bleibt auf diesem Computer.</translation>
        </message>
        <message>
            <source>E&amp;PUB to read along: needs the file of the book</source>
            <translation>E&amp;PUB zum Mitlesen: braucht die Datei des Buchs</translation>
        </message>
        <message>
            <source>E&amp;PUB to read along: text lights up</source>
            <translation>E&amp;PUB zum Mitlesen: Der Text leuchtet mit</translation>
        </message>
        <message>
            <source>E&amp;xport</source>
            <translation>E&amp;xport</translation>
        </message>
        <message>
            <source>EPUB, TXT, Markdown or HTML. It stays on this machine.</source>
            <translation>EPUB, TXT, Markdown oder HTML. Es bleibt auf diesem Computer.</translation>
        </message>
        <message>
            <source>Edit the text</source>
            <translation>Text bearbeiten</translation>
        </message>
        <message>
            <source>Empty it</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <source>Empty the store? What was spoken is spoken again when it is needed.</source>
            <translation>Den Vorrat leeren? Was gesprochen war, wird neu gesprochen, wenn es gebraucht wird.</translation>
        </message>
        <message>
            <source>Emptying the store…</source>
            <translation>Der Vorrat wird geleert…</translation>
        </message>
        <message>
            <source>Energy</source>
            <translation>Energie</translation>
        </message>
        <message>
            <source>Enter puts a phoneme into the field, Backspace takes the last one away.</source>
            <translation>Die Eingabetaste setzt einen Laut in das Feld, die Rücktaste nimmt den letzten weg.</translation>
        </message>
        <message>
            <source>Erasing the voice…</source>
            <translation>Die Stimme wird gelöscht…</translation>
        </message>
        <message>
            <source>Every sentence that is spoken sounds right.</source>
            <translation>Jeder gesprochene Satz klingt richtig.</translation>
        </message>
        <message>
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <source>Export a voice</source>
            <translation>Stimme exportieren</translation>
        </message>
        <message>
            <source>Exports</source>
            <translation>Exporte</translation>
        </message>
        <message>
            <source>Export…</source>
            <translation>Exportieren…</translation>
        </message>
        <message>
            <source>FLA&amp;C, lossless, a file for each chapter</source>
            <translation>FLA&amp;C, verlustfrei, eine Datei je Kapitel</translation>
        </message>
        <message>
            <source>Face of the boo&amp;k's text</source>
            <translation>Schrift&amp;art des Buchtexts</translation>
        </message>
        <message>
            <source>Failed ones</source>
            <translation>Misslungene</translation>
        </message>
        <message>
            <source>Faster</source>
            <translation>Schneller</translation>
        </message>
        <message>
            <source>Figures: {text}</source>
            <translation>Zahlen: {text}</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>Files that will be written</source>
            <translation>Dateien, die geschrieben werden</translation>
        </message>
        <message>
            <source>Find</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <source>Find next</source>
            <translation>Weitersuchen</translation>
        </message>
        <message>
            <source>Find previous</source>
            <translation>Rückwärts suchen</translation>
        </message>
        <message>
            <source>Find the next</source>
            <translation>Nächste Stelle suchen</translation>
        </message>
        <message>
            <source>Find the one before</source>
            <translation>Vorige Stelle suchen</translation>
        </message>
        <message>
            <source>Find…</source>
            <translation>Suchen…</translation>
        </message>
        <message>
            <source>Folder for the files</source>
            <translation>Ordner für die Dateien</translation>
        </message>
        <message>
            <source>Formats</source>
            <translation>Formate</translation>
        </message>
        <message>
            <source>Give quotations to a character…</source>
            <translation>Wörtliche Rede einer Figur geben…</translation>
        </message>
        <message>
            <source>Give the book a title.</source>
            <translation>Gib dem Buch einen Titel.</translation>
        </message>
        <message>
            <source>Go on</source>
            <translation>Weiter</translation>
        </message>
        <message>
            <source>Have it read once more, a little different (R)</source>
            <translation>Noch einmal lesen lassen, ein wenig anders (R)</translation>
        </message>
        <message>
            <source>Hear &amp;after</source>
            <translation>&amp;Nachher anhören</translation>
        </message>
        <message>
            <source>Hear &amp;before</source>
            <translation>&amp;Vorher anhören</translation>
        </message>
        <message>
            <source>Hear take {before}, then take {chosen}</source>
            <translation>Fassung {before} anhören, dann Fassung {chosen}</translation>
        </message>
        <message>
            <source>High contrast</source>
            <translation>Hoher Kontrast</translation>
        </message>
        <message>
            <source>Holds in</source>
            <translation>Gilt in</translation>
        </message>
        <message>
            <source>Import a voice</source>
            <translation>Stimme importieren</translation>
        </message>
        <message>
            <source>In a&amp;ll books</source>
            <translation>In allen &amp;Büchern</translation>
        </message>
        <message>
            <source>In the whole book</source>
            <translation>Im ganzen Buch</translation>
        </message>
        <message>
            <source>In this b&amp;ook</source>
            <translation>In diesem B&amp;uch</translation>
        </message>
        <message>
            <source>In this chapter</source>
            <translation>In diesem Kapitel</translation>
        </message>
        <message>
            <source>In this s&amp;entence</source>
            <translation>In &amp;diesem Satz</translation>
        </message>
        <message>
            <source>It is open already.</source>
            <translation>Es ist schon offen.</translation>
        </message>
        <message>
            <source>Join with the next one</source>
            <translation>Mit dem nächsten verbinden</translation>
        </message>
        <message>
            <source>Keep</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep at &amp;most</source>
            <translation>&amp;Höchstens aufheben</translation>
        </message>
        <message>
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <source>Keep the voice</source>
            <translation>Stimme behalten</translation>
        </message>
        <message>
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <source>Language, as en-GB</source>
            <translation>Sprache, etwa en-GB</translation>
        </message>
        <message>
            <source>Learn the voice</source>
            <translation>Stimme lernen</translation>
        </message>
        <message>
            <source>Learning</source>
            <translation>Lernen</translation>
        </message>
        <message>
            <source>Learning the voice…</source>
            <translation>Die Stimme wird gelernt…</translation>
        </message>
        <message>
            <source>Leave (Esc)</source>
            <translation>Verlassen (Esc)</translation>
        </message>
        <message>
            <source>Leave it out only for files that you keep to yourself</source>
            <translation>Lass es nur bei Dateien weg, die du für dich behältst</translation>
        </message>
        <message>
            <source>Leave out, or put back</source>
            <translation>Auslassen oder zurückholen</translation>
        </message>
        <message>
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <source>Level of the microphone</source>
            <translation>Pegel des Mikrofons</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <source>List of bookmarks</source>
            <translation>Liste der Lesezeichen</translation>
        </message>
        <message>
            <source>Listen for doubtful sentences</source>
            <translation>Zweifelhafte Sätze suchen</translation>
        </message>
        <message>
            <source>Listening to the chapter…</source>
            <translation>Das Kapitel wird abgehört…</translation>
        </message>
        <message>
            <source>Liveliness</source>
            <translation>Lebhaftigkeit</translation>
        </message>
        <message>
            <source>Look</source>
            <translation>Aussehen</translation>
        </message>
        <message>
            <source>Looking at the sound</source>
            <translation>Der Klang wird untersucht</translation>
        </message>
        <message>
            <source>Looking at {name}: {time}</source>
            <translation>{name} wird untersucht: {time}</translation>
        </message>
        <message>
            <source>Looking for the voices…</source>
            <translation>Die Stimmen werden gesucht…</translation>
        </message>
        <message>
            <source>Looking how it is said…</source>
            <translation>Es wird nachgesehen, wie es gesprochen wird…</translation>
        </message>
        <message>
            <source>Looking how much they take…</source>
            <translation>Es wird nachgesehen, wie viel Platz sie brauchen…</translation>
        </message>
        <message>
            <source>Lou&amp;dness</source>
            <translation>&amp;Lautheit</translation>
        </message>
        <message>
            <source>Loudness</source>
            <translation>Lautheit</translation>
        </message>
        <message>
            <source>Ly&amp;rics, LRC</source>
            <translation>Liedte&amp;xt, LRC</translation>
        </message>
        <message>
            <source>M4&amp;B, an audiobook with chapter marks</source>
            <translation>M4&amp;B, ein Hörbuch mit Kapitelmarken</translation>
        </message>
        <message>
            <source>MP3, &amp;one file for the whole book</source>
            <translation>MP3, eine &amp;Datei für das ganze Buch</translation>
        </message>
        <message>
            <source>Match case</source>
            <translation>Groß- und Kleinschreibung beachten</translation>
        </message>
        <message>
            <source>Menu</source>
            <translation>Menü</translation>
        </message>
        <message>
            <source>More than one voice is heard: let one person alone read, and record it again.</source>
            <translation>Es ist mehr als eine Stimme zu hören: Lass nur eine Person lesen und nimm neu auf.</translation>
        </message>
        <message>
            <source>Name of the new character</source>
            <translation>Name der neuen Figur</translation>
        </message>
        <message>
            <source>Name of the speaker</source>
            <translation>Name der sprechenden Person</translation>
        </message>
        <message>
            <source>Name of the voice</source>
            <translation>Name der Stimme</translation>
        </message>
        <message>
            <source>Name, then Enter</source>
            <translation>Name, dann Eingabetaste</translation>
        </message>
        <message>
            <source>Names of the files</source>
            <translation>Namen der Dateien</translation>
        </message>
        <message>
            <source>Narration</source>
            <translation>Vertonung</translation>
        </message>
        <message>
            <source>Narrator</source>
            <translation>Erzähler</translation>
        </message>
        <message>
            <source>Ne&amp;xt sentence</source>
            <translation>Nä&amp;chster Satz</translation>
        </message>
        <message>
            <source>Needs one sentence with two takes</source>
            <translation>Braucht einen Satz mit zwei Fassungen</translation>
        </message>
        <message>
            <source>New &amp;voice…</source>
            <translation>&amp;Neue Stimme…</translation>
        </message>
        <message>
            <source>New character…</source>
            <translation>Neue Figur…</translation>
        </message>
        <message>
            <source>New name of {title}</source>
            <translation>Neuer Name von {title}</translation>
        </message>
        <message>
            <source>New voice</source>
            <translation>Neue Stimme</translation>
        </message>
        <message>
            <source>New voice…</source>
            <translation>Neue Stimme…</translation>
        </message>
        <message>
            <source>No action has these words.</source>
            <translation>Keine Aktion enthält diese Wörter.</translation>
        </message>
        <message>
            <source>No cover yet</source>
            <translation>Noch kein Titelbild</translation>
        </message>
        <message>
            <source>No sentence selected</source>
            <translation>Kein Satz ausgewählt</translation>
        </message>
        <message>
            <source>No sound can be played here ({reason}): connect a loudspeaker, or have files written.</source>
            <translation>Hier lässt sich kein Klang abspielen ({reason}): Schließ einen Lautsprecher an oder lass Dateien schreiben.</translation>
        </message>
        <message>
            <source>None yet: choose a word of the book and pronounce it.</source>
            <translation>Noch keine: Wähle ein Wort im Buch und leg fest, wie es gesprochen wird.</translation>
        </message>
        <message>
            <source>Not enough room: {free} are free there.</source>
            <translation>Nicht genug Platz: Dort sind {free} frei.</translation>
        </message>
        <message>
            <source>Not found</source>
            <translation>Nicht gefunden</translation>
        </message>
        <message>
            <source>Nothing can be recorded here ({reason}): connect a microphone.</source>
            <translation>Hier lässt sich nichts aufnehmen ({reason}): Schließ ein Mikrofon an.</translation>
        </message>
        <message>
            <source>Nothing can be written into {path} ({reason}): choose another folder.</source>
            <translation>In {path} lässt sich nichts schreiben ({reason}): Wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>Nothing is being exported.</source>
            <translation>Es wird nichts exportiert.</translation>
        </message>
        <message>
            <source>Nothing is recorded without consent: read the statement and tick its box.</source>
            <translation>Ohne Einwilligung wird nichts aufgenommen: Lies die Erklärung und setz ihr Häkchen.</translation>
        </message>
        <message>
            <source>Nothing spoken yet: play the sentence, then bend it here.</source>
            <translation>Noch nichts gesprochen: Spiel den Satz ab, dann forme ihn hier.</translation>
        </message>
        <message>
            <source>Nothing was said within {seconds:.0f} s: start again and read the words as soon as they appear.</source>
            <translation>In {seconds:.0f} s wurde nichts gesagt: Beginne neu und lies die Wörter, sobald sie erscheinen.</translation>
        </message>
        <message>
            <source>Nothing will be written.</source>
            <translation>Es wird nichts geschrieben.</translation>
        </message>
        <message>
            <source>Num&amp;ber in the series</source>
            <translation>Nu&amp;mmer in der Reihe</translation>
        </message>
        <message>
            <source>Number</source>
            <translation>Nummer</translation>
        </message>
        <message>
            <source>Number in the series</source>
            <translation>Nummer in der Reihe</translation>
        </message>
        <message>
            <source>Of the queue: {text}</source>
            <translation>Zur Warteschlange: {text}</translation>
        </message>
        <message>
            <source>Of this export: {text}</source>
            <translation>Zu diesem Export: {text}</translation>
        </message>
        <message>
            <source>Off</source>
            <translation>Aus</translation>
        </message>
        <message>
            <source>Only sentences of one paragraph can be joined.</source>
            <translation>Nur Sätze eines Absatzes lassen sich verbinden.</translation>
        </message>
        <message>
            <source>Only what is selec&amp;ted: {n}</source>
            <translation>Nur Aus&amp;gewähltes: {n}</translation>
        </message>
        <message>
            <source>Op&amp;us, small, a file for each chapter</source>
            <translation>Op&amp;us, klein, eine Datei je Kapitel</translation>
        </message>
        <message>
            <source>Open a book</source>
            <translation>Ein Buch öffnen</translation>
        </message>
        <message>
            <source>Open a book…</source>
            <translation>Ein Buch öffnen…</translation>
        </message>
        <message>
            <source>Open again</source>
            <translation>Wieder öffnen</translation>
        </message>
        <message>
            <source>Open the sample book</source>
            <translation>Beispielbuch öffnen</translation>
        </message>
        <message>
            <source>OpenDyslexic</source>
            <translation>OpenDyslexic</translation>
        </message>
        <message>
            <source>Opening {name}…</source>
            <translation>{name} wird geöffnet…</translation>
        </message>
        <message>
            <source>P&amp;ause</source>
            <translation>&amp;Pause</translation>
        </message>
        <message>
            <source>Pages</source>
            <translation>Seiten</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Pause after</source>
            <translation>Pause danach</translation>
        </message>
        <message>
            <source>Phonemes</source>
            <translation>Laute</translation>
        </message>
        <message>
            <source>Pictures</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <source>Pitch</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <source>Place in the chapter, seconds</source>
            <translation>Stelle im Kapitel, Sekunden</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>Abspielen</translation>
        </message>
        <message>
            <source>Play or pause</source>
            <translation>Abspielen oder anhalten</translation>
        </message>
        <message>
            <source>Preferences</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <source>Preferences…</source>
            <translation>Einstellungen…</translation>
        </message>
        <message>
            <source>Preparing the voice model…</source>
            <translation>Das Stimmmodell wird vorbereitet…</translation>
        </message>
        <message>
            <source>Preparing the voice…</source>
            <translation>Die Stimme wird vorbereitet…</translation>
        </message>
        <message>
            <source>Press Record, read this aloud as you would to a friend, then press Stop.</source>
            <translation>Drück „Aufnehmen“, lies dies vor wie einem Freund, dann drück „Stopp“.</translation>
        </message>
        <message>
            <source>Progress of the learning</source>
            <translation>Fortschritt des Lernens</translation>
        </message>
        <message>
            <source>Pronounce a word</source>
            <translation>Aussprache eines Worts</translation>
        </message>
        <message>
            <source>Pronounce the word…</source>
            <translation>Aussprache des Worts…</translation>
        </message>
        <message>
            <source>Pronunciations</source>
            <translation>Aussprachen</translation>
        </message>
        <message>
            <source>Pronunciations:
{list}</source>
            <translation>Aussprachen:
{list}</translation>
        </message>
        <message>
            <source>Prosody</source>
            <translation>Satzmelodie</translation>
        </message>
        <message>
            <source>Put the cursor into a word, or select it.</source>
            <translation>Setz den Cursor in ein Wort oder wähle es aus.</translation>
        </message>
        <message>
            <source>Put the cursor into the word that begins the new sentence.</source>
            <translation>Setz den Cursor in das Wort, mit dem der neue Satz beginnt.</translation>
        </message>
        <message>
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <source>Re&amp;new the consent…</source>
            <translation>Einwilligung &amp;erneuern…</translation>
        </message>
        <message>
            <source>Read &amp;sentences: takes longer, is truer</source>
            <translation>&amp;Sätze lesen: dauert länger, klingt echter</translation>
        </message>
        <message>
            <source>Read aloud</source>
            <translation>Vorlesen</translation>
        </message>
        <message>
            <source>Read anything, &amp;10 to 30 seconds</source>
            <translation>Irgendetwas lesen, &amp;10 bis 30 Sekunden</translation>
        </message>
        <message>
            <source>Read as you would to a friend: a page of a book, a letter, the news. Three seconds are enough; ten to thirty are better.</source>
            <translation>Lies wie für einen Freund: eine Buchseite, einen Brief, die Nachrichten. Drei Sekunden genügen; zehn bis dreißig sind besser.</translation>
        </message>
        <message>
            <source>Read this one again</source>
            <translation>Diesen noch einmal lesen</translation>
        </message>
        <message>
            <source>Reader's mode</source>
            <translation>Lesemodus</translation>
        </message>
        <message>
            <source>Reading the picture…</source>
            <translation>Das Bild wird gelesen…</translation>
        </message>
        <message>
            <source>Reading {name}…</source>
            <translation>{name} wird gelesen…</translation>
        </message>
        <message>
            <source>Record</source>
            <translation>Aufnehmen</translation>
        </message>
        <message>
            <source>Record and show the words</source>
            <translation>Aufnehmen und die Wörter zeigen</translation>
        </message>
        <message>
            <source>Recording: read now, then press Stop.</source>
            <translation>Aufnahme läuft: Lies jetzt, dann drück „Stopp“.</translation>
        </message>
        <message>
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <source>Redo: {edit}</source>
            <translation>Wiederholen: {edit}</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <source>Remove how {word} is said in all books? This cannot be undone.</source>
            <translation>Die Aussprache von {word} in allen Büchern entfernen? Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Renaming…</source>
            <translation>Wird umbenannt…</translation>
        </message>
        <message>
            <source>Renew the consent to {title}</source>
            <translation>Einwilligung für {title} erneuern</translation>
        </message>
        <message>
            <source>Renewal</source>
            <translation>Erneuerung</translation>
        </message>
        <message>
            <source>Replace</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <source>Replace all</source>
            <translation>Alle ersetzen</translation>
        </message>
        <message>
            <source>Replace by</source>
            <translation>Ersetzen durch</translation>
        </message>
        <message>
            <source>Replace…</source>
            <translation>Ersetzen…</translation>
        </message>
        <message>
            <source>Resu&amp;me</source>
            <translation>&amp;Fortsetzen</translation>
        </message>
        <message>
            <source>Result: {text}</source>
            <translation>Ergebnis: {text}</translation>
        </message>
        <message>
            <source>S&amp;top</source>
            <translation>S&amp;topp</translation>
        </message>
        <message>
            <source>Sa&amp;y first that an AI reads</source>
            <translation>Zuerst sagen, dass eine &amp;KI liest</translation>
        </message>
        <message>
            <source>Said as</source>
            <translation>Gesprochen als</translation>
        </message>
        <message>
            <source>Said now as {words}: change the text of the sentence instead.</source>
            <translation>Wird jetzt als {words} gesprochen: Ändere stattdessen den Text des Satzes.</translation>
        </message>
        <message>
            <source>Said now: {sounds}</source>
            <translation>Bisher gesprochen: {sounds}</translation>
        </message>
        <message>
            <source>Sample</source>
            <translation>Sprachprobe</translation>
        </message>
        <message>
            <source>Sample for shops, 5 m&amp;inutes at most</source>
            <translation>Hörprobe für Läden, höchstens 5 M&amp;inuten</translation>
        </message>
        <message>
            <source>Sans serif</source>
            <translation>Ohne Serifen</translation>
        </message>
        <message>
            <source>Save the voice</source>
            <translation>Stimme speichern</translation>
        </message>
        <message>
            <source>Say &amp;it as</source>
            <translation>&amp;Sprechen als</translation>
        </message>
        <message>
            <source>Se&amp;ries</source>
            <translation>&amp;Reihe</translation>
        </message>
        <message>
            <source>Sentence</source>
            <translation>Satz</translation>
        </message>
        <message>
            <source>Sentence &amp;before</source>
            <translation>Satz da&amp;vor</translation>
        </message>
        <message>
            <source>Sentence to read: {text}</source>
            <translation>Satz zum Lesen: {text}</translation>
        </message>
        <message>
            <source>Sentence {number} of {count}, {state}. {seconds} s are there, {needed} s are needed; each sentence more makes the voice truer.</source>
            <translation>Satz {number} von {count}, {state}. {seconds} s sind da, {needed} s werden gebraucht; jeder weitere Satz macht die Stimme echter.</translation>
        </message>
        <message>
            <source>Sentences</source>
            <translation>Sätze</translation>
        </message>
        <message>
            <source>Sepia</source>
            <translation>Sepia</translation>
        </message>
        <message>
            <source>Series</source>
            <translation>Reihe</translation>
        </message>
        <message>
            <source>Serif</source>
            <translation>Mit Serifen</translation>
        </message>
        <message>
            <source>Show in the list</source>
            <translation>In der Liste zeigen</translation>
        </message>
        <message>
            <source>Show only</source>
            <translation>Nur zeigen</translation>
        </message>
        <message>
            <source>Show only: an action, a menu or keys</source>
            <translation>Nur zeigen: eine Aktion, ein Menü oder Tasten</translation>
        </message>
        <message>
            <source>Show the f&amp;iles</source>
            <translation>Dateien &amp;zeigen</translation>
        </message>
        <message>
            <source>Si&amp;ze</source>
            <translation>&amp;Größe</translation>
        </message>
        <message>
            <source>Sign the consent</source>
            <translation>Einwilligung unterschreiben</translation>
        </message>
        <message>
            <source>Signing the consent…</source>
            <translation>Die Einwilligung wird unterschrieben…</translation>
        </message>
        <message>
            <source>Six random words appear when the recording has begun. Read them at once, calmly, then press Stop. Two good readings are needed: {wins} so far, tries left: {left}.</source>
            <translation>Sechs zufällige Wörter erscheinen, wenn die Aufnahme begonnen hat. Lies sie sofort und ruhig, dann drück „Stopp“. Zweimal muss es gelingen: bisher {wins}, Versuche übrig: {left}.</translation>
        </message>
        <message>
            <source>Six words</source>
            <translation>Sechs Wörter</translation>
        </message>
        <message>
            <source>Size of the t&amp;ype</source>
            <translation>Schrift&amp;größe</translation>
        </message>
        <message>
            <source>Sleep after the chapter</source>
            <translation>Nach dem Kapitel anhalten</translation>
        </message>
        <message>
            <source>Sleep in less than a minute</source>
            <translation>Anhalten in weniger als einer Minute</translation>
        </message>
        <message>
            <source>Sleep in {minutes} min</source>
            <translation>Anhalten in {minutes} min</translation>
        </message>
        <message>
            <source>Sleep timer</source>
            <translation>Einschlaftimer</translation>
        </message>
        <message>
            <source>Slower</source>
            <translation>Langsamer</translation>
        </message>
        <message>
            <source>Something did not work: look into the log.</source>
            <translation>Etwas hat nicht geklappt: Sieh im Protokoll nach.</translation>
        </message>
        <message>
            <source>Something unexpected went wrong ({name}): look into the log.</source>
            <translation>Etwas Unerwartetes ging schief ({name}): Sieh im Protokoll nach.</translation>
        </message>
        <message>
            <source>Sound</source>
            <translation>Klang</translation>
        </message>
        <message>
            <source>Space &amp;between lines</source>
            <translation>Zeilen&amp;abstand</translation>
        </message>
        <message>
            <source>Space plays. Every change is kept as you make it.</source>
            <translation>Die Leertaste spielt ab. Jede Änderung wird gleich gespeichert.</translation>
        </message>
        <message>
            <source>Spea&amp;k credits before and after, in files of their own</source>
            <translation>An- und Absage sp&amp;rechen, in eigenen Dateien</translation>
        </message>
        <message>
            <source>Speaking with the new voice…</source>
            <translation>Es wird mit der neuen Stimme gesprochen…</translation>
        </message>
        <message>
            <source>Speaking, {pace:.0f} times as fast as it plays · {left} left</source>
            <translation>Spricht, {pace:.0f}-mal so schnell wie beim Abspielen · noch {left}</translation>
        </message>
        <message>
            <source>Speaking…</source>
            <translation>Es wird gesprochen…</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>Tempo</translation>
        </message>
        <message>
            <source>Speed of playing</source>
            <translation>Tempo der Wiedergabe</translation>
        </message>
        <message>
            <source>Split in front of the word</source>
            <translation>Vor dem Wort teilen</translation>
        </message>
        <message>
            <source>Spoken as: {words}</source>
            <translation>Gesprochen als: {words}</translation>
        </message>
        <message>
            <source>Spoken sentences</source>
            <translation>Gesprochene Sätze</translation>
        </message>
        <message>
            <source>Spoken text</source>
            <translation>Gesprochener Text</translation>
        </message>
        <message>
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <source>Statement</source>
            <translation>Erklärung</translation>
        </message>
        <message>
            <source>Status: {text}</source>
            <translation>Status: {text}</translation>
        </message>
        <message>
            <source>Step {number} of {count}: {title}</source>
            <translation>Schritt {number} von {count}: {title}</translation>
        </message>
        <message>
            <source>Stop learning</source>
            <translation>Lernen beenden</translation>
        </message>
        <message>
            <source>Stop recording</source>
            <translation>Aufnahme beenden</translation>
        </message>
        <message>
            <source>Stopped.</source>
            <translation>Angehalten.</translation>
        </message>
        <message>
            <source>Subtitle</source>
            <translation>Untertitel</translation>
        </message>
        <message>
            <source>Subtitles, &amp;SRT</source>
            <translation>Untertitel, &amp;SRT</translation>
        </message>
        <message>
            <source>Subtitles, Web&amp;VTT</source>
            <translation>Untertitel, Web&amp;VTT</translation>
        </message>
        <message>
            <source>Syllables, phonemes or English words that sound like it.</source>
            <translation>Silben, Laute oder englische Wörter, die so klingen.</translation>
        </message>
        <message>
            <source>Take a sound &amp;file of the same voice</source>
            <translation>Eine Klang&amp;datei derselben Stimme nehmen</translation>
        </message>
        <message>
            <source>Take again</source>
            <translation>Neue Fassung</translation>
        </message>
        <message>
            <source>Take {number}</source>
            <translation>Fassung {number}</translation>
        </message>
        <message>
            <source>Takes</source>
            <translation>Fassungen</translation>
        </message>
        <message>
            <source>Te&amp;ll words apart in subtitles and read-along</source>
            <translation>Wör&amp;ter in Untertiteln und beim Mitlesen unterscheiden</translation>
        </message>
        <message>
            <source>Te&amp;xt</source>
            <translation>Te&amp;xt</translation>
        </message>
        <message>
            <source>Ten seconds back</source>
            <translation>Zehn Sekunden zurück</translation>
        </message>
        <message>
            <source>Ten seconds on</source>
            <translation>Zehn Sekunden weiter</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>Text</translation>
        </message>
        <message>
            <source>Text of sentence {number}</source>
            <translation>Text von Satz {number}</translation>
        </message>
        <message>
            <source>Text of the chapter</source>
            <translation>Text des Kapitels</translation>
        </message>
        <message>
            <source>Text of {title}</source>
            <translation>Text von {title}</translation>
        </message>
        <message>
            <source>Text to read: {text}</source>
            <translation>Text zum Lesen: {text}</translation>
        </message>
        <message>
            <source>The book cannot be narrated: try another copy of it.</source>
            <translation>Das Buch lässt sich nicht vertonen: Versuch es mit einer anderen Ausgabe.</translation>
        </message>
        <message>
            <source>The chapter {chapter} was not written, because {sentences}{others} could not be spoken: start again or change the text.</source>
            <translation>Das Kapitel {chapter} wurde nicht geschrieben, denn nicht alles ließ sich sprechen ({sentences}{others}): Beginne neu oder ändere den Text.</translation>
        </message>
        <message>
            <source>The consent for the voice {name} is not as it was given ({reason}): record the voice again or choose another one.</source>
            <translation>Die Einwilligung für die Stimme {name} ist nicht so, wie sie gegeben wurde ({reason}): Nimm die Stimme neu auf oder wähle eine andere.</translation>
        </message>
        <message>
            <source>The consent for the voice {name} ran out on {day}: let the speaker renew it or choose another voice.</source>
            <translation>Die Einwilligung für die Stimme {name} ist am {day} abgelaufen: Lass sie erneuern oder wähle eine andere Stimme.</translation>
        </message>
        <message>
            <source>The cover</source>
            <translation>Das Titelbild</translation>
        </message>
        <message>
            <source>The disk that holds {path} is full: free some space and start again; what is finished stays.</source>
            <translation>Der Datenträger mit {path} ist voll: Schaff Platz und beginne neu; was fertig ist, bleibt.</translation>
        </message>
        <message>
            <source>The disk that holds {path} is too full, {needed} are needed: free some space and start again; what is finished stays.</source>
            <translation>Der Datenträger mit {path} ist zu voll, {needed} werden gebraucht: Schaff Platz und beginne neu; was fertig ist, bleibt.</translation>
        </message>
        <message>
            <source>The fastest there is</source>
            <translation>Dem Schnellsten, das es gibt</translation>
        </message>
        <message>
            <source>The files cannot be written: choose another folder.</source>
            <translation>Die Dateien lassen sich nicht schreiben: Wähle einen anderen Ordner.</translation>
        </message>
        <message>
            <source>The graphics card (CUDA)</source>
            <translation>Der Grafikkarte (CUDA)</translation>
        </message>
        <message>
            <source>The microphone went away after {seconds:.0f} s: connect it and record this line again; what was recorded before stays.</source>
            <translation>Das Mikrofon war nach {seconds:.0f} s weg: Schließ es an und nimm diese Zeile neu auf; was vorher aufgenommen wurde, bleibt.</translation>
        </message>
        <message>
            <source>The name of the character</source>
            <translation>Der Name der Figur</translation>
        </message>
        <message>
            <source>The parts of the voice model do not belong together ({reason}): install narrator again.</source>
            <translation>Die Teile des Stimmmodells gehören nicht zusammen ({reason}): Installiere narrator neu.</translation>
        </message>
        <message>
            <source>The processor</source>
            <translation>Dem Prozessor</translation>
        </message>
        <message>
            <source>The project cannot be opened: open the book itself to start again.</source>
            <translation>Das Projekt lässt sich nicht öffnen: Öffne das Buch selbst, um neu zu beginnen.</translation>
        </message>
        <message>
            <source>The queue</source>
            <translation>Die Warteschlange</translation>
        </message>
        <message>
            <source>The recording cannot be used: record it again.</source>
            <translation>Die Aufnahme ist nicht nutzbar: Nimm neu auf.</translation>
        </message>
        <message>
            <source>The recording of {seconds:.0f} s has gaps: close other programs that keep the computer busy and record this line again.</source>
            <translation>Die Aufnahme von {seconds:.0f} s hat Lücken: Schließ andere Programme, die den Computer beschäftigen, und nimm diese Zeile neu auf.</translation>
        </message>
        <message>
            <source>The room is too loud (the voice stands out by {snr_db:.0f} dB, {needed_db:.0f} are needed): find a quieter place or come nearer, and record it again.</source>
            <translation>Der Raum ist zu laut (die Stimme hebt sich um {snr_db:.0f} dB ab, {needed_db:.0f} werden gebraucht): Such einen ruhigeren Ort oder komm näher, und nimm neu auf.</translation>
        </message>
        <message>
            <source>The sleep timer has run out.</source>
            <translation>Der Einschlaftimer ist abgelaufen.</translation>
        </message>
        <message>
            <source>The sound cannot be used: try another file.</source>
            <translation>Der Klang ist nicht nutzbar: Versuch es mit einer anderen Datei.</translation>
        </message>
        <message>
            <source>The speaker is &amp;here with me</source>
            <translation>Die Person ist &amp;hier bei mir</translation>
        </message>
        <message>
            <source>The speech could not be marked as synthetic ({reason}), so nothing was spoken: install narrator again.</source>
            <translation>Die Sprache ließ sich nicht als künstlich markieren ({reason}), darum wurde nichts gesprochen: Installiere narrator neu.</translation>
        </message>
        <message>
            <source>The speech engine does not work: install narrator again.</source>
            <translation>Die Sprachausgabe geht nicht: Installiere narrator neu.</translation>
        </message>
        <message>
            <source>The speech is too loud, {share:.0%} of it is cut off: turn the microphone down and record it again.</source>
            <translation>Die Sprache ist zu laut, {share:.0%} davon sind abgeschnitten: Stell das Mikrofon leiser und nimm neu auf.</translation>
        </message>
        <message>
            <source>The speech is too quiet ({level_db:.0f} dB, {needed_db:.0f} dB are needed): come nearer to the microphone or turn it up, and record it again.</source>
            <translation>Die Sprache ist zu leise ({level_db:.0f} dB, {needed_db:.0f} dB werden gebraucht): Komm näher an das Mikrofon oder stell es lauter, und nimm neu auf.</translation>
        </message>
        <message>
            <source>The statement was heard.</source>
            <translation>Die Erklärung wurde gehört.</translation>
        </message>
        <message>
            <source>The store is emptied.</source>
            <translation>Der Vorrat ist geleert.</translation>
        </message>
        <message>
            <source>The system does not let narrator use the microphone ({reason}): allow it in the system's settings and try again.</source>
            <translation>Das System lässt narrator nicht an das Mikrofon ({reason}): Erlaube es in den Systemeinstellungen und versuch es noch einmal.</translation>
        </message>
        <message>
            <source>The voice</source>
            <translation>Die Stimme</translation>
        </message>
        <message>
            <source>The voice cannot be used: choose another one.</source>
            <translation>Die Stimme ist nicht nutzbar: Wähle eine andere.</translation>
        </message>
        <message>
            <source>The voice is erased. What was read stays: record again.</source>
            <translation>Die Stimme ist gelöscht. Was gelesen wurde, bleibt: Nimm neu auf.</translation>
        </message>
        <message>
            <source>The voice is there: give it a name.</source>
            <translation>Die Stimme ist da: Gib ihr einen Namen.</translation>
        </message>
        <message>
            <source>The voice model is incomplete, {path} is missing: install narrator again.</source>
            <translation>Das Stimmmodell ist unvollständig, {path} fehlt: Installiere narrator neu.</translation>
        </message>
        <message>
            <source>The voice model is not the one that was installed ({path}: {reason}): install narrator again.</source>
            <translation>Das Stimmmodell ist nicht das installierte ({path}: {reason}): Installiere narrator neu.</translation>
        </message>
        <message>
            <source>The voice of {name}</source>
            <translation>Die Stimme von {name}</translation>
        </message>
        <message>
            <source>The voice {name} cannot be used, because {reason}: choose another voice or install it again.</source>
            <translation>Die Stimme {name} ist nicht nutzbar ({reason}): Wähle eine andere oder installiere sie neu.</translation>
        </message>
        <message>
            <source>The voice {name} was withdrawn by its speaker: choose another voice.</source>
            <translation>Die Stimme {name} wurde von der Person, die sie sprach, zurückgezogen: Wähle eine andere.</translation>
        </message>
        <message>
            <source>The words appear here.</source>
            <translation>Hier erscheinen die Wörter.</translation>
        </message>
        <message>
            <source>The words could not be recognised, so no voice can be made this time: try once more later, in a quiet place.</source>
            <translation>Die Wörter waren nicht zu erkennen, darum entsteht diesmal keine Stimme: Versuch es später noch einmal, an einem ruhigen Ort.</translation>
        </message>
        <message>
            <source>The words could not be recognised: read new ones, calmly and clearly; {more}.</source>
            <translation>Die Wörter waren nicht zu erkennen: Lies neue, ruhig und deutlich; {more}.</translation>
        </message>
        <message>
            <source>The words were heard.</source>
            <translation>Die Wörter wurden gehört.</translation>
        </message>
        <message>
            <source>The words were heard. Now once more, with new ones.</source>
            <translation>Die Wörter wurden gehört. Jetzt noch einmal, mit neuen.</translation>
        </message>
        <message>
            <source>There are no bookmarks yet.</source>
            <translation>Es gibt noch keine Lesezeichen.</translation>
        </message>
        <message>
            <source>There are {seconds:.3g} s of speech where {needed:.0f} s are needed: record it again and read to the end.</source>
            <translation>Es sind {seconds:.3g} s Sprache da, {needed:.0f} s werden gebraucht: Nimm neu auf und lies bis zum Ende.</translation>
        </message>
        <message>
            <source>There is a voice called {name} already: choose another name.</source>
            <translation>Eine Stimme namens {name} gibt es schon: Wähle einen anderen Namen.</translation>
        </message>
        <message>
            <source>There is no chapter {asked}: ask for chapters from 1 to {chapters}.</source>
            <translation>Es gibt kein Kapitel {asked}: Frag nach Kapiteln von 1 bis {chapters}.</translation>
        </message>
        <message>
            <source>There is no chapter {asked}: the book has one chapter, ask for 1.</source>
            <translation>Es gibt kein Kapitel {asked}: Das Buch hat ein Kapitel, frag nach 1.</translation>
        </message>
        <message>
            <source>There is no consent for the voice {name}: record the voice again.</source>
            <translation>Für die Stimme {name} gibt es keine Einwilligung: Nimm die Stimme neu auf.</translation>
        </message>
        <message>
            <source>There is no consent for this voice: choose another one.</source>
            <translation>Für diese Stimme gibt es keine Einwilligung: Wähle eine andere.</translation>
        </message>
        <message>
            <source>There is no file {path}: check the name and the folder.</source>
            <translation>Es gibt keine Datei {path}: Prüfe Namen und Ordner.</translation>
        </message>
        <message>
            <source>There is no screen for the window here: use “narrator narrate” instead.</source>
            <translation>Hier gibt es keinen Bildschirm für das Fenster: Nimm stattdessen „narrator narrate“.</translation>
        </message>
        <message>
            <source>There is no take {number}.</source>
            <translation>Es gibt keine Fassung {number}.</translation>
        </message>
        <message>
            <source>There is no voice called {name} and none is installed: install again.</source>
            <translation>Eine Stimme namens {name} gibt es nicht, und keine ist installiert: Installiere narrator neu.</translation>
        </message>
        <message>
            <source>There is no voice called {name}: choose one of {known}.</source>
            <translation>Eine Stimme namens {name} gibt es nicht: Wähle eine von {known}.</translation>
        </message>
        <message>
            <source>There is nothing to say in {text}: give some words.</source>
            <translation>In {text} gibt es nichts zu sprechen: Gib ein paar Wörter an.</translation>
        </message>
        <message>
            <source>There is only one take. Press R for another one.</source>
            <translation>Es gibt nur eine Fassung. Drück R für eine weitere.</translation>
        </message>
        <message>
            <source>They are kept, so that nothing is spoken twice. 1 GB is about 10 hours.</source>
            <translation>Sie werden aufgehoben, damit nichts zweimal gesprochen wird. 1 GB sind etwa 10 Stunden.</translation>
        </message>
        <message>
            <source>They take {size} now.</source>
            <translation>Sie brauchen jetzt {size}.</translation>
        </message>
        <message>
            <source>This has no pitch.</source>
            <translation>Dies hat keine Tonhöhe.</translation>
        </message>
        <message>
            <source>This is my &amp;own voice</source>
            <translation>Das ist meine &amp;eigene Stimme</translation>
        </message>
        <message>
            <source>This is no JPEG or PNG picture of 16 MB at most. Choose another one.</source>
            <translation>Das ist kein JPEG- oder PNG-Bild von höchstens 16 MB. Wähle ein anderes.</translation>
        </message>
        <message>
            <source>This is not the voice of the other recordings ({likeness:.2f} alike, {needed:.2f} are needed): let the same person read everything, and record it again.</source>
            <translation>Das ist nicht die Stimme der anderen Aufnahmen ({likeness:.2f} ähnlich, {needed:.2f} werden gebraucht): Lass dieselbe Person alles lesen und nimm neu auf.</translation>
        </message>
        <message>
            <source>This is speech made by narrator: record a person's own voice.</source>
            <translation>Das ist von narrator gemachte Sprache: Nimm die eigene Stimme eines Menschen auf.</translation>
        </message>
        <message>
            <source>This machine has no {device} to compute on: set the device to auto.</source>
            <translation>Dieser Computer hat kein {device} zum Rechnen: Stell das Gerät auf auto.</translation>
        </message>
        <message>
            <source>Times of all words, &amp;JSON</source>
            <translation>Zeiten aller Wörter, &amp;JSON</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <source>To the chapter before</source>
            <translation>Zum vorigen Kapitel</translation>
        </message>
        <message>
            <source>To the next chapter</source>
            <translation>Zum nächsten Kapitel</translation>
        </message>
        <message>
            <source>To the next pane</source>
            <translation>Zum nächsten Bereich</translation>
        </message>
        <message>
            <source>To the next sentence</source>
            <translation>Zum nächsten Satz</translation>
        </message>
        <message>
            <source>To the next word</source>
            <translation>Zum nächsten Wort</translation>
        </message>
        <message>
            <source>To the pane before</source>
            <translation>Zum vorigen Bereich</translation>
        </message>
        <message>
            <source>To the sentence before</source>
            <translation>Zum vorigen Satz</translation>
        </message>
        <message>
            <source>To the word before</source>
            <translation>Zum vorigen Wort</translation>
        </message>
        <message>
            <source>Try again what failed</source>
            <translation>Misslungenes noch einmal versuchen</translation>
        </message>
        <message>
            <source>Trying again…</source>
            <translation>Noch ein Versuch…</translation>
        </message>
        <message>
            <source>Type a few letters of an action</source>
            <translation>Tipp ein paar Buchstaben einer Aktion</translation>
        </message>
        <message>
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <source>Undo: {edit}</source>
            <translation>Rückgängig: {edit}</translation>
        </message>
        <message>
            <source>V&amp;oices</source>
            <translation>Sti&amp;mmen</translation>
        </message>
        <message>
            <source>Voice</source>
            <translation>Stimme</translation>
        </message>
        <message>
            <source>Voice of the book…</source>
            <translation>Stimme des Buchs…</translation>
        </message>
        <message>
            <source>Voice of the chapter…</source>
            <translation>Stimme des Kapitels…</translation>
        </message>
        <message>
            <source>Voice of the sentence</source>
            <translation>Stimme des Satzes</translation>
        </message>
        <message>
            <source>Voices</source>
            <translation>Stimmen</translation>
        </message>
        <message>
            <source>Voices…</source>
            <translation>Stimmen…</translation>
        </message>
        <message>
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <source>Volume, percent</source>
            <translation>Lautstärke, Prozent</translation>
        </message>
        <message>
            <source>Waiting for the microphone…</source>
            <translation>Es wird auf das Mikrofon gewartet…</translation>
        </message>
        <message>
            <source>What was said does not fit {text}: read this sentence again.</source>
            <translation>Was gesagt wurde, passt nicht zu {text}: Lies diesen Satz noch einmal.</translation>
        </message>
        <message>
            <source>What will be written</source>
            <translation>Was geschrieben wird</translation>
        </message>
        <message>
            <source>Where to find</source>
            <translation>Wo gesucht wird</translation>
        </message>
        <message>
            <source>White on black</source>
            <translation>Weiß auf Schwarz</translation>
        </message>
        <message>
            <source>Who reads the book?</source>
            <translation>Wer liest das Buch?</translation>
        </message>
        <message>
            <source>Who reads this chapter?</source>
            <translation>Wer liest dieses Kapitel?</translation>
        </message>
        <message>
            <source>Who says what stands in quotation marks in this chapter?</source>
            <translation>Wer sagt in diesem Kapitel, was in Anführungszeichen steht?</translation>
        </message>
        <message>
            <source>Whole words</source>
            <translation>Ganze Wörter</translation>
        </message>
        <message>
            <source>Withdraw and erase</source>
            <translation>Zurückziehen und löschen</translation>
        </message>
        <message>
            <source>Withdraw the consent to {title}? The voiceprint, the recordings and what was spoken with the voice are erased on this computer, and exported copies fall silent. This cannot be undone.</source>
            <translation>Die Einwilligung für {title} zurückziehen? Der Stimmabdruck, die Aufnahmen und was mit der Stimme gesprochen wurde, werden auf diesem Computer gelöscht, und exportierte Kopien verstummen. Das lässt sich nicht rückgängig machen.</translation>
        </message>
        <message>
            <source>Word</source>
            <translation>Wort</translation>
        </message>
        <message>
            <source>Working…</source>
            <translation>Es wird gearbeitet…</translation>
        </message>
        <message>
            <source>Year</source>
            <translation>Jahr</translation>
        </message>
        <message>
            <source>Yellow on black</source>
            <translation>Gelb auf Schwarz</translation>
        </message>
        <message>
            <source>Your work on this book is open again.</source>
            <translation>Deine Arbeit an diesem Buch ist wieder offen.</translation>
        </message>
        <message>
            <source>a bookmark</source>
            <translation>Lesezeichen</translation>
        </message>
        <message>
            <source>a chapter</source>
            <translation>Kapitel</translation>
        </message>
        <message>
            <source>a character's voice</source>
            <translation>Stimme einer Figur</translation>
        </message>
        <message>
            <source>a new take</source>
            <translation>neue Fassung</translation>
        </message>
        <message>
            <source>a pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>a pronunciation</source>
            <translation>Aussprache</translation>
        </message>
        <message>
            <source>a sentence split</source>
            <translation>Satz geteilt</translation>
        </message>
        <message>
            <source>about {time}</source>
            <translation>etwa {time}</translation>
        </message>
        <message>
            <source>action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <source>actions</source>
            <translation>Aktionen</translation>
        </message>
        <message>
            <source>all books</source>
            <translation>allen Büchern</translation>
        </message>
        <message>
            <source>another take</source>
            <translation>andere Fassung</translation>
        </message>
        <message>
            <source>as audiobook shops want it (ACX)</source>
            <translation>wie Hörbuchläden es wollen (ACX)</translation>
        </message>
        <message>
            <source>as it is spoken</source>
            <translation>wie gesprochen</translation>
        </message>
        <message>
            <source>as podcasts are (−19 LUFS)</source>
            <translation>wie Podcasts (−19 LUFS)</translation>
        </message>
        <message>
            <source>as the voice reads it</source>
            <translation>wie die Stimme es liest</translation>
        </message>
        <message>
            <source>at the voice's pitch</source>
            <translation>in der Tonhöhe der Stimme</translation>
        </message>
        <message>
            <source>bent by hand</source>
            <translation>von Hand geformt</translation>
        </message>
        <message>
            <source>built in</source>
            <translation>eingebaut</translation>
        </message>
        <message>
            <source>by the rules</source>
            <translation>nach den Regeln</translation>
        </message>
        <message>
            <source>cannot be used</source>
            <translation>nicht nutzbar</translation>
        </message>
        <message>
            <source>changed</source>
            <translation>geändert</translation>
        </message>
        <message>
            <source>changed text</source>
            <translation>geänderter Text</translation>
        </message>
        <message>
            <source>chapter</source>
            <translation>Kapitel</translation>
        </message>
        <message>
            <source>chapters</source>
            <translation>Kapitel</translation>
        </message>
        <message>
            <source>doubtful</source>
            <translation>zweifelhaft</translation>
        </message>
        <message>
            <source>energy</source>
            <translation>Energie</translation>
        </message>
        <message>
            <source>failed</source>
            <translation>misslungen</translation>
        </message>
        <message>
            <source>file</source>
            <translation>Datei</translation>
        </message>
        <message>
            <source>files</source>
            <translation>Dateien</translation>
        </message>
        <message>
            <source>hour</source>
            <translation>Stunde</translation>
        </message>
        <message>
            <source>hours</source>
            <translation>Stunden</translation>
        </message>
        <message>
            <source>how it is said</source>
            <translation>Sprechweise</translation>
        </message>
        <message>
            <source>kuh-NEE-lee-uh</source>
            <translation>kuh-NEE-lee-uh</translation>
        </message>
        <message>
            <source>left out</source>
            <translation>ausgelassen</translation>
        </message>
        <message>
            <source>left out or put back</source>
            <translation>ausgelassen oder zurückgeholt</translation>
        </message>
        <message>
            <source>left out: {reason}</source>
            <translation>ausgelassen: {reason}</translation>
        </message>
        <message>
            <source>less than a minute</source>
            <translation>weniger als eine Minute</translation>
        </message>
        <message>
            <source>liveliness {number}</source>
            <translation>Lebhaftigkeit {number}</translation>
        </message>
        <message>
            <source>made here, until {day}</source>
            <translation>hier gemacht, bis {day}</translation>
        </message>
        <message>
            <source>minute</source>
            <translation>Minute</translation>
        </message>
        <message>
            <source>minutes</source>
            <translation>Minuten</translation>
        </message>
        <message>
            <source>narrated</source>
            <translation>wird vertont</translation>
        </message>
        <message>
            <source>narrator learns the voice on this computer. What was read stays.</source>
            <translation>narrator lernt die Stimme auf diesem Computer. Was gelesen wurde, bleibt.</translation>
        </message>
        <message>
            <source>no reason is known</source>
            <translation>kein Grund bekannt</translation>
        </message>
        <message>
            <source>none</source>
            <translation>keine</translation>
        </message>
        <message>
            <source>not read yet</source>
            <translation>noch nicht gelesen</translation>
        </message>
        <message>
            <source>not spoken yet</source>
            <translation>noch nicht gesprochen</translation>
        </message>
        <message>
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <source>on</source>
            <translation>an</translation>
        </message>
        <message>
            <source>one sentence: {text}</source>
            <translation>einem Satz: {text}</translation>
        </message>
        <message>
            <source>pause after {word}</source>
            <translation>Pause nach {word}</translation>
        </message>
        <message>
            <source>pause before the first word</source>
            <translation>Pause vor dem ersten Wort</translation>
        </message>
        <message>
            <source>pitch</source>
            <translation>Tonhöhe</translation>
        </message>
        <message>
            <source>pronunciation</source>
            <translation>Aussprache</translation>
        </message>
        <message>
            <source>pronunciations</source>
            <translation>Aussprachen</translation>
        </message>
        <message>
            <source>quotations split off</source>
            <translation>wörtliche Rede abgetrennt</translation>
        </message>
        <message>
            <source>ran out on {day}: renew it</source>
            <translation>abgelaufen am {day}: Einwilligung erneuern</translation>
        </message>
        <message>
            <source>reading {number}</source>
            <translation>Lesung {number}</translation>
        </message>
        <message>
            <source>ready</source>
            <translation>bereit</translation>
        </message>
        <message>
            <source>runs out on {day}: renew it</source>
            <translation>läuft am {day} ab: Einwilligung erneuern</translation>
        </message>
        <message>
            <source>sentence</source>
            <translation>Satz</translation>
        </message>
        <message>
            <source>sentence {number} of {of}, {state}</source>
            <translation>Satz {number} von {of}, {state}</translation>
        </message>
        <message>
            <source>sentences</source>
            <translation>Sätze</translation>
        </message>
        <message>
            <source>sentences joined</source>
            <translation>Sätze verbunden</translation>
        </message>
        <message>
            <source>several</source>
            <translation>mehrere</translation>
        </message>
        <message>
            <source>speaking</source>
            <translation>wird gesprochen</translation>
        </message>
        <message>
            <source>the last change</source>
            <translation>die letzte Änderung</translation>
        </message>
        <message>
            <source>this book</source>
            <translation>diesem Buch</translation>
        </message>
        <message>
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <source>what is said of the book</source>
            <translation>Angaben zum Buch</translation>
        </message>
        <message>
            <source>who says it</source>
            <translation>wer es sagt</translation>
        </message>
        <message>
            <source>words replaced</source>
            <translation>Wörter ersetzt</translation>
        </message>
        <message>
            <source>{count} found</source>
            <translation>{count} gefunden</translation>
        </message>
        <message>
            <source>{current} of {count}</source>
            <translation>{current} von {count}</translation>
        </message>
        <message>
            <source>{error} Ctrl+Shift+T tries again.</source>
            <translation>{error} Strg+Umschalt+T versucht es noch einmal.</translation>
        </message>
        <message>
            <source>{files}, {time} of sound, about {size}</source>
            <translation>{files}, {time} Klang, etwa {size}</translation>
        </message>
        <message>
            <source>{heard} of {total}</source>
            <translation>{heard} von {total}</translation>
        </message>
        <message>
            <source>{minutes} min</source>
            <translation>{minutes} min</translation>
        </message>
        <message>
            <source>{name} (missing)</source>
            <translation>{name} (fehlt)</translation>
        </message>
        <message>
            <source>{name} (not now)</source>
            <translation>{name} (jetzt nicht)</translation>
        </message>
        <message>
            <source>{name} · {time} · about {size}</source>
            <translation>{name} · {time} · etwa {size}</translation>
        </message>
        <message>
            <source>{name}, slider</source>
            <translation>{name}, Regler</translation>
        </message>
        <message>
            <source>{needed_bytes:,.0f} MB</source>
            <translation>{needed_bytes:,.0f} MB</translation>
        </message>
        <message>
            <source>{number} dB</source>
            <translation>{number} dB</translation>
        </message>
        <message>
            <source>{number} dB louder</source>
            <translation>{number} dB lauter</translation>
        </message>
        <message>
            <source>{number} dB softer</source>
            <translation>{number} dB leiser</translation>
        </message>
        <message>
            <source>{number} left out</source>
            <translation>{number} ausgelassen</translation>
        </message>
        <message>
            <source>{number} ms</source>
            <translation>{number} ms</translation>
        </message>
        <message>
            <source>{number} of {of} sentences · {percent} % spoken</source>
            <translation>{number} von {of} Sätzen · {percent} % gesprochen</translation>
        </message>
        <message>
            <source>{number} semitones down</source>
            <translation>{number} Halbtöne tiefer</translation>
        </message>
        <message>
            <source>{number} semitones up</source>
            <translation>{number} Halbtöne höher</translation>
        </message>
        <message>
            <source>{number}.</source>
            <translation>{number}.</translation>
        </message>
        <message>
            <source>{part} cannot be said: write syllables as in kuh-NEE, phonemes as in K AH0 N IY1, or English words.</source>
            <translation>{part} lässt sich nicht sprechen: Schreib Silben wie kuh-NEE, Laute wie K AH0 N IY1 oder englische Wörter.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as a project, because {reason}: open its latest copy, {copy}.</source>
            <translation>{path} lässt sich nicht als Projekt öffnen ({reason}): Öffne die jüngste Kopie, {copy}.</translation>
        </message>
        <message>
            <source>{path} cannot be opened as a project, because {reason}: open the book itself to start again.</source>
            <translation>{path} lässt sich nicht als Projekt öffnen ({reason}): Öffne das Buch selbst, um neu zu beginnen.</translation>
        </message>
        <message>
            <source>{path} cannot be read as a book, because {reason}: try another copy of it, as EPUB, TXT, Markdown or HTML.</source>
            <translation>{path} lässt sich nicht als Buch lesen ({reason}): Versuch es mit einer anderen Ausgabe als EPUB, TXT, Markdown oder HTML.</translation>
        </message>
        <message>
            <source>{path} cannot be read as sound, because {reason}: try another file.</source>
            <translation>{path} lässt sich nicht als Klang lesen ({reason}): Versuch es mit einer anderen Datei.</translation>
        </message>
        <message>
            <source>{path} cannot be used as a voice profile, because {reason}: export it again or record the voice again.</source>
            <translation>{path} taugt nicht als Stimmprofil ({reason}): Exportiere es neu oder nimm die Stimme neu auf.</translation>
        </message>
        <message>
            <source>{path} could not be written, because {reason}: start again.</source>
            <translation>{path} ließ sich nicht schreiben ({reason}): Beginne neu.</translation>
        </message>
        <message>
            <source>{path} holds no text that can be spoken: choose another book.</source>
            <translation>{path} enthält keinen Text, der sich sprechen lässt: Wähle ein anderes Buch.</translation>
        </message>
        <message>
            <source>{path} is a folder: name the book's file in it.</source>
            <translation>{path} ist ein Ordner: Nenne die Datei des Buchs darin.</translation>
        </message>
        <message>
            <source>{path} is locked by copy protection: use a copy without it.</source>
            <translation>{path} ist durch Kopierschutz gesperrt: Nimm eine Ausgabe ohne ihn.</translation>
        </message>
        <message>
            <source>{path} is open already: go to the window that has it, or close it there.</source>
            <translation>{path} ist schon offen: Geh zu dem Fenster, das es hat, oder schließ es dort.</translation>
        </message>
        <message>
            <source>{path} is over a limit ({limit}): split the book or use another copy.</source>
            <translation>{path} überschreitet eine Grenze ({limit}): Teile das Buch oder nimm eine andere Ausgabe.</translation>
        </message>
        <message>
            <source>{path} was made by a newer narrator: install the newest one to open it.</source>
            <translation>{path} stammt von einem neueren narrator: Installiere den neuesten, um es zu öffnen.</translation>
        </message>
        <message>
            <source>{percent} % longer</source>
            <translation>{percent} % länger</translation>
        </message>
        <message>
            <source>{percent} % shorter</source>
            <translation>{percent} % kürzer</translation>
        </message>
        <message>
            <source>{percent} % spoken</source>
            <translation>{percent} % gesprochen</translation>
        </message>
        <message>
            <source>{phoneme} as in {word}</source>
            <translation>{phoneme} wie in {word}</translation>
        </message>
        <message>
            <source>{place}: {text}</source>
            <translation>{place}: {text}</translation>
        </message>
        <message>
            <source>{seconds} of {longest} · peak {peak} dB</source>
            <translation>{seconds} von {longest} · Spitze {peak} dB</translation>
        </message>
        <message>
            <source>{seconds} s</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>{sentences} not spoken yet.</source>
            <translation>{sentences} noch nicht gesprochen.</translation>
        </message>
        <message>
            <source>{sentences} sound doubtful: Ctrl+Alt+4 lists them.</source>
            <translation>Zweifelhaft klingt hier: {sentences}. Strg+Alt+4 listet es auf.</translation>
        </message>
        <message>
            <source>{size} GB</source>
            <translation>{size} GB</translation>
        </message>
        <message>
            <source>{size} MB</source>
            <translation>{size} MB</translation>
        </message>
        <message>
            <source>{sound} in {word}</source>
            <translation>{sound} in {word}</translation>
        </message>
        <message>
            <source>{sound}. Bent: {bend}</source>
            <translation>{sound}. Geformt: {bend}</translation>
        </message>
        <message>
            <source>{state}, doubtful</source>
            <translation>{state}, zweifelhaft</translation>
        </message>
        <message>
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <source>{title} ({reason})</source>
            <translation>{title} ({reason})</translation>
        </message>
        <message>
            <source>{title} is in the list.</source>
            <translation>{title} ist in der Liste.</translation>
        </message>
        <message>
            <source>{title} is in {path}</source>
            <translation>{title} ist in {path}</translation>
        </message>
        <message>
            <source>{title} is saved. The consent holds until {day}.</source>
            <translation>{title} ist gespeichert. Die Einwilligung gilt bis {day}.</translation>
        </message>
        <message>
            <source>{title} is withdrawn and erased.</source>
            <translation>{title} ist zurückgezogen und gelöscht.</translation>
        </message>
        <message>
            <source>{title} speaks…</source>
            <translation>{title} spricht…</translation>
        </message>
        <message>
            <source>{title}: stopped, {files} written. Go on finishes the rest.</source>
            <translation>{title}: angehalten, {files} geschrieben. „Weiter“ macht den Rest fertig.</translation>
        </message>
        <message>
            <source>{title}: {files} written.</source>
            <translation>{title}: {files} geschrieben.</translation>
        </message>
        <message>
            <source>{title}: {reason}</source>
            <translation>{title}: {reason}</translation>
        </message>
        <message>
            <source>{told} · in about {n} parts</source>
            <translation>{told} · in etwa {n} Teilen</translation>
        </message>
        <message>
            <source>{tries_left} more tries</source>
            <translation>noch {tries_left} Versuche</translation>
        </message>
        <message>
            <source>{word} is said as before.</source>
            <translation>{word} wird wieder wie vorher gesprochen.</translation>
        </message>
        <message>
            <source>– out</source>
            <translation>– aus</translation>
        </message>
        <message>
            <source>“{name}” cannot be done now.</source>
            <translation>„{name}“ geht jetzt nicht.</translation>
        </message>
        <message>
            <source>“{text}”</source>
            <translation>„{text}“</translation>
        </message>
        <message>
            <source>Ⅱ {n} %, paused</source>
            <translation>Ⅱ {n} %, Pause</translation>
        </message>
        <message>
            <source>■ Stop</source>
            <translation>■ Stopp</translation>
        </message>
        <message>
            <source>■ stopped</source>
            <translation>■ angehalten</translation>
        </message>
        <message>
            <source>▶ checking the files</source>
            <translation>▶ Dateien werden geprüft</translation>
        </message>
        <message>
            <source>▶ speaking</source>
            <translation>▶ wird gesprochen</translation>
        </message>
        <message>
            <source>▶ {n} %, {time} left</source>
            <translation>▶ {n} %, noch {time}</translation>
        </message>
        <message>
            <source>○ waiting</source>
            <translation>○ wartet</translation>
        </message>
        <message>
            <source>○ {percent} %</source>
            <translation>○ {percent} %</translation>
        </message>
        <message>
            <source>● ready</source>
            <translation>● bereit</translation>
        </message>
        <message>
            <source>⚠ The file has faults: {faults}</source>
            <translation>⚠ Die Datei hat Fehler: {faults}</translation>
        </message>
        <message>
            <source>✓ Will be said: {sounds}</source>
            <translation>✓ Wird gesprochen: {sounds}</translation>
        </message>
        <message>
            <source>✓ done</source>
            <translation>✓ fertig</translation>
        </message>
        <message>
            <source>✓ good</source>
            <translation>✓ gut</translation>
        </message>
        <message>
            <source>✓ read</source>
            <translation>✓ gelesen</translation>
        </message>
        <message>
            <source>✓ {free} are free there.</source>
            <translation>✓ Dort sind {free} frei.</translation>
        </message>
    </context>
</TS>
