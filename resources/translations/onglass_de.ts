<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
    <context>
        <name>onglass</name>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source> after a fade, as a title card does</source>
            <translation> nach einer Blende, wie bei einer Titelkarte</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <location filename="../../core/catalog/rule_letterbox.py" />
            <location filename="../../core/catalog/rule_stutter.py" />
            <source> and </source>
            <translation> und </translation>
        </message>
        <message>
            <location filename="../../core/catalog/fade.py" />
            <source> and a fade </source>
            <translation> und einer Blende </translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source> and {count} of its multiples</source>
            <translation> und {count} ihrer Vielfachen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source> at the end of the title</source>
            <translation> am Ende des Titels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source> at the start of the title</source>
            <translation> am Anfang des Titels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source> at the {edge} of the title</source>
            <translation> am {edge} des Titels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source> from a cut on, as a title card does</source>
            <translation> ab einem Schnitt, wie bei einer Titelkarte</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source> in a scene without motion</source>
            <translation> in einer Szene ohne Bewegung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source> in channel {names}</source>
            <translation> in Kanal {names}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source> in channels {names}</source>
            <translation> in den Kanälen {names}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source> with {count} of its multiples</source>
            <translation> mit {count} seiner Vielfachen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source> within {length}</source>
            <translation> innerhalb von {length}</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/player/channel_panel.py" />
            <location filename="../../gui/wall/view.py" />
            <source>%n channels</source>
            <translation>
                <numerusform>%n Kanal</numerusform>
                <numerusform>%n Kanäle</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n clicks</source>
            <translation>
                <numerusform>%n Klick</numerusform>
                <numerusform>%n Klicks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/spot/window.py" />
            <source>%n defects seen: go on</source>
            <translation>
                <numerusform>%n Fehler gesehen: weiter</numerusform>
                <numerusform>%n Fehler gesehen: weiter</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/detail.py" />
            <source>%n detectors</source>
            <translation>
                <numerusform>%n Detektor</numerusform>
                <numerusform>%n Detektoren</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/player/transport.py" />
            <source>%n dropped</source>
            <translation>
                <numerusform>%n ausgelassen</numerusform>
                <numerusform>%n ausgelassen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n files could not be read</source>
            <translation>
                <numerusform>%n Datei ließ sich nicht lesen</numerusform>
                <numerusform>%n Dateien ließen sich nicht lesen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>%n flags</source>
            <translation>
                <numerusform>%n Befund</numerusform>
                <numerusform>%n Befunde</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/teach/finish.py" />
            <source>%n flags answered</source>
            <translation>
                <numerusform>%n Befund beantwortet</numerusform>
                <numerusform>%n Befunde beantwortet</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/annotate_file.py" />
            <source>%n frames are in {path}</source>
            <translation>
                <numerusform>%n Bild steht in {path}</numerusform>
                <numerusform>%n Bilder stehen in {path}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/annotate_file.py" />
            <source>%n frames of {name} lie over the masks</source>
            <translation>
                <numerusform>%n Bild aus {name} liegt über den Masken</numerusform>
                <numerusform>%n Bilder aus {name} liegen über den Masken</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/wall/word.py" />
            <source>%n gaps, {length} in all</source>
            <translation>
                <numerusform>%n Lücke, zusammen {length}</numerusform>
                <numerusform>%n Lücken, zusammen {length}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n known already</source>
            <translation>
                <numerusform>%n schon bekannt</numerusform>
                <numerusform>%n schon bekannt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n missing titles found</source>
            <translation>
                <numerusform>%n fehlender Titel gefunden</numerusform>
                <numerusform>%n fehlende Titel gefunden</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/desk.py" />
            <source>%n more files wait in File › Recent titles</source>
            <translation>
                <numerusform>Die andere Datei wartet unter Datei › Zuletzt geöffnet</numerusform>
                <numerusform>%n weitere Dateien warten unter Datei › Zuletzt geöffnet</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/queue/flag_text.py" />
            <source>%n more from other reviewers</source>
            <translation>
                <numerusform>%n weiteres von anderen Prüfern</numerusform>
                <numerusform>%n weitere von anderen Prüfern</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/detail.py" />
            <source>%n more kinds</source>
            <translation>
                <numerusform>%n weitere Art</numerusform>
                <numerusform>%n weitere Arten</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/offer.py" />
            <location filename="../../gui/training/window.py" />
            <source>%n new verdicts</source>
            <translation>
                <numerusform>%n neues Urteil</numerusform>
                <numerusform>%n neue Urteile</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n on the way</source>
            <translation>
                <numerusform>%n unterwegs</numerusform>
                <numerusform>%n unterwegs</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/dialogs/licence.py" />
            <source>%n parts</source>
            <translation>
                <numerusform>%n Bestandteil</numerusform>
                <numerusform>%n Bestandteile</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n regions asked</source>
            <translation>
                <numerusform>%n Gebiet gefragt</numerusform>
                <numerusform>%n Gebiete gefragt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/view.py" />
            <source>%n still being counted</source>
            <translation>
                <numerusform>%n wird noch gezählt</numerusform>
                <numerusform>%n werden noch gezählt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/library/view.py" />
            <source>%n titles</source>
            <translation>
                <numerusform>%n Titel</numerusform>
                <numerusform>%n Titel</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n titles added</source>
            <translation>
                <numerusform>%n Titel hinzugefügt</numerusform>
                <numerusform>%n Titel hinzugefügt</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/training/change.py" />
            <source>%n titles or stretches were left out</source>
            <translation>
                <numerusform>%n Titel oder Abschnitt wurde ausgelassen</numerusform>
                <numerusform>%n Titel oder Abschnitte wurden ausgelassen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>%n undecided</source>
            <translation>
                <numerusform>%n offen</numerusform>
                <numerusform>%n offen</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/leave.py" />
            <source>%n undecided flags have a comment or severity that is stored only with a decision. Leave without them?</source>
            <translation>
                <numerusform>%n offener Befund hat einen Kommentar oder Schweregrad, der erst mit einer Entscheidung gespeichert wird. Trotzdem beenden?</numerusform>
                <numerusform>%n offene Befunde haben einen Kommentar oder Schweregrad, der erst mit einer Entscheidung gespeichert wird. Trotzdem beenden?</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Annotate</source>
            <translation>Mas&amp;ken</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>&amp;Comment</source>
            <translation>&amp;Kommentar</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/simulate/form.py" />
            <source>&amp;Defect</source>
            <translation>&amp;Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Draw</source>
            <translation>&amp;Zeichnen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/dialogs/intake.py" />
            <source>&amp;File</source>
            <translation>&amp;Datei</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>&amp;Flags</source>
            <translation>&amp;Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>&amp;Form</source>
            <translation>F&amp;orm</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>&amp;Format</source>
            <translation>&amp;Format</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Help</source>
            <translation>&amp;Hilfe</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Learn</source>
            <translation>&amp;Lernen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>&amp;List</source>
            <translation>&amp;Umfang</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Mark</source>
            <translation>&amp;Markieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>&amp;New shortcut</source>
            <translation>&amp;Neues Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Play</source>
            <translation>&amp;Wiedergabe</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Review</source>
            <translation>&amp;Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;Scopes</source>
            <translation>Mess&amp;geräte</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/simulate/form.py" />
            <source>&amp;Severity</source>
            <translation>&amp;Schweregrad</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>&amp;To do</source>
            <translation>&amp;Maßnahme</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>&amp;Verdict</source>
            <translation>&amp;Urteil</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>&amp;Verdicts of</source>
            <translation>U&amp;rteile von</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>&amp;View</source>
            <translation>&amp;Ansicht</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>+10 ms</source>
            <translation>+10 ms</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>, after a step of {middle} ms</source>
            <translation>, nach einer Stufe von {middle} ms</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>, and {lower} only bass</source>
            <translation>, und {lower} nur Bass</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>, as does all of the title</source>
            <translation>, wie der ganze Titel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>, as from microphones that stand apart</source>
            <translation>, wie bei Mikrofonen mit Abstand</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>, as long as the black around a commercial break</source>
            <translation>, so lang wie das Schwarz um eine Werbepause</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>, as short as a flash</source>
            <translation>, so kurz wie ein Blitz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>, as the stream declares</source>
            <translation>, wie der Strom angibt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>, though the stream is progressive</source>
            <translation>, obwohl der Strom progressiv ist</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>, which is all there is</source>
            <translation>, der gesamten Länge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>, which is the whole stream</source>
            <translation>, also über den ganzen Strom</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>, which is the whole stream,</source>
            <translation>, also über den ganzen Strom,</translation>
        </message>
        <message>
            <location filename="../../core/catalog/fade.py" />
            <source>, with a fade {list}</source>
            <translation>, mit einer Blende {list}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>1 frame in {count}</source>
            <translation>1 von {count} Bildern</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>1 frame repeats</source>
            <translation>1 Bild wiederholt sich</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>1 line in {step}</source>
            <translation>1 von {step} Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>: a title card or a slate</source>
            <translation>: eine Titelkarte oder eine Klappe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>; it looks like full range declared as limited</source>
            <translation>; es sieht nach Vollbereich aus, der als begrenzt angegeben ist</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>A channel is missing, doubled or swapped.</source>
            <translation>Ein Kanal fehlt, ist doppelt oder vertauscht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>A channel of a pair that falls silent while the other plays, a front pair that becomes one within stereo (mono all along is FYI), and voices in the bass-effects channel. Left for right cannot be told from sound alone; a source that is mono by itself is left alone.</source>
            <translation>Ein Kanal eines Paars, der verstummt, während der andere spielt; ein vorderes Paar, das innerhalb von Stereo eins wird (durchgehend Mono ist eine Info); Stimmen im Basseffektkanal. Links statt rechts lässt sich aus dem Ton allein nicht erkennen; eine Quelle, die selbst mono ist, bleibt unbeachtet.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>A click</source>
            <translation>Ein Knackser</translation>
        </message>
        <message>
            <location filename="../../core/review/spot_check.py" />
            <source>A clip has {shortest_s} to {longest_s} s.</source>
            <translation>Ein Clip dauert {shortest_s} bis {longest_s} s.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>A copy of {store} is made once a day when the desk is closed, and before every update and restore.</source>
            <translation>Von {store} wird täglich beim Schließen eine Kopie angelegt, ebenso vor jeder Aktualisierung und Wiederherstellung.</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>A curve that rises on the verdicts it learned from proves nothing. The gate counts titles that were never trained on.</source>
            <translation>Eine Kurve, die auf den gelernten Urteilen steigt, beweist nichts. Die Prüfung zählt Titel, mit denen nie trainiert wurde.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>A defect to fix.</source>
            <translation>Ein Fehler, der zu beheben ist.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>A flat colour, bars or a slate stands in the programme.</source>
            <translation>Eine Farbfläche, ein Farbbalken oder eine Klappe steht im Programm.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>A jump against the usual change</source>
            <translation>Ein Sprung gegen die übliche Änderung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>A large picture, the evidence beside it, one key a flag.</source>
            <translation>Ein großes Bild, die Belege daneben, eine Taste je Befund.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>A line</source>
            <translation>Eine Zeile</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>A line above which the last frame still shows while below it the motion went on, or the reverse. Wants motion on both sides of the line over most of the width, as of a moving camera; a line that stays in one place or creeps shows only where it appears.</source>
            <translation>Eine Linie, über der noch das letzte Bild zu sehen ist, während darunter die Bewegung weiterging, oder umgekehrt. Braucht Bewegung auf beiden Seiten der Linie über fast die ganze Breite, wie bei bewegter Kamera; eine Linie, die stehen bleibt oder kriecht, zeigt sich nur dort, wo sie erscheint.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>A line at {hertz} Hz{multiples}, {above} dB above what is beside it.</source>
            <translation>Eine Linie bei {hertz} Hz{multiples}, {above} dB über ihrer Umgebung.</translation>
        </message>
        <message>
            <location filename="../../core/store/mask.py" />
            <source>A mask in the store is damaged; `onglass store check` tells how far this goes.</source>
            <translation>Eine Maske in der Datenbank ist beschädigt; `onglass store check` sagt, wie weit das reicht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>A newer version of Onglass may have written it.</source>
            <translation>Vielleicht hat eine neuere Version von Onglass es geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/store/lineage.py" />
            <source>A newer version of Onglass promoted weights here; update Onglass to promote others or to roll back.</source>
            <translation>Eine neuere Version von Onglass hat hier Gewichte übernommen; um andere zu übernehmen oder zurückzugehen, aktualisieren Sie Onglass.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>A picture that turns soft at once within a shot, by the width of its sharpest edges; and, for information, a title that is never sharp. Fog, shallow focus and soft scenes from cut to cut are left alone, slow pulls of focus and blur by motion, too; so is a picture without edges.</source>
            <translation>Ein Bild, das innerhalb einer Einstellung schlagartig unscharf wird, gemessen an der Breite seiner schärfsten Kanten; und als Info ein Titel, der nie scharf ist. Nebel, geringe Schärfentiefe und weiche Szenen von Schnitt zu Schnitt bleiben unbeachtet, ebenso langsame Schärfeverlagerung und Bewegungsunschärfe; ein Bild ohne Kanten auch.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>A point of one or two pixels, bright or dark, that stays at its place while the picture moves or is cut, or that comes and goes at one place while nothing else does. One that is there all through a shot of a standing camera cannot be told from the scene, and coding at low rates wipes single pixels out.</source>
            <translation>Ein Punkt von ein oder zwei Pixeln, hell oder dunkel, der an seiner Stelle bleibt, während das Bild sich bewegt oder geschnitten wird, oder der an einer Stelle kommt und geht, während sonst nichts geschieht. Einer, der in einer ganzen Einstellung mit stehender Kamera da ist, lässt sich von der Szene nicht unterscheiden, und niedrige Datenraten wischen einzelne Pixel weg.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/hand.py" />
            <source>A polygon needs three corners.</source>
            <translation>Ein Vieleck braucht drei Ecken.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_round.py" />
            <source>A round is running already.</source>
            <translation>Eine Runde läuft schon.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>A round learns from what is drawn, predicts every frame, and asks about more.</source>
            <translation>Eine Runde lernt aus dem Gezeichneten, sagt jedes Bild vorher und fragt nach mehr.</translation>
        </message>
        <message>
            <location filename="../../core/store/mask_round.py" />
            <source>A round of masks in the store is damaged.</source>
            <translation>Eine Runde der Masken im Bestand ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>A single frame counts from</source>
            <translation>Ein einzelnes Bild zählt ab</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>A steady low tone from the mains.</source>
            <translation>Ein gleichmäßiger tiefer Ton vom Stromnetz.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>A steady tone of {hertz} Hz{multiples} at {level} dBFS for {length}.</source>
            <translation>Ein steter Ton bei {hertz} Hz{multiples} mit {level} dBFS für {length}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>A still card stands, {share} % of it one shade</source>
            <translation>Eine Standkarte, zu {share} % in einem Ton,</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>A store cannot be backed up onto itself.</source>
            <translation>Eine Datenbank lässt sich nicht auf sich selbst sichern.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>A store cannot be restored from itself.</source>
            <translation>Eine Datenbank lässt sich nicht aus sich selbst wiederherstellen.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>A store cannot lie on a network share; put it on a local disk, or give the URL of a PostgreSQL database to share it.</source>
            <translation>Eine Datenbank kann nicht auf einer Netzfreigabe liegen; auf einen lokalen Datenträger legen oder zum Teilen die URL einer PostgreSQL-Datenbank angeben.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>A store needs a file; name one after sqlite:///.</source>
            <translation>Eine Datenbank braucht eine Datei; nach sqlite:/// eine angeben.</translation>
        </message>
        <message>
            <location filename="../../core/store/codec.py" />
            <source>A stored measurement is damaged; analyse the title again.</source>
            <translation>Eine gespeicherte Messung ist beschädigt; den Titel erneut analysieren.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>A thicker line.</source>
            <translation>Ein dickerer Strich.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>A thinner line.</source>
            <translation>Ein dünnerer Strich.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>A title never sharper than</source>
            <translation>Ein Titel, nie schärfer als</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>A tone at 50 or 60 Hz, with or without its multiples, that keeps its pitch and level. Bass notes lie between those frequencies and change; synthesised drones tuned to them, and machines in the scene that run on the mains, do fool it.</source>
            <translation>Ein Ton bei 50 oder 60 Hz, mit oder ohne Vielfache, der Höhe und Pegel hält. Bassnoten liegen zwischen diesen Frequenzen und ändern sich; darauf gestimmte Synthesizer und am Netz laufende Maschinen in der Szene täuschen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>A track that covers less is partial</source>
            <translation>Teilweise, wenn die Spur weniger abdeckt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>A {what} pixel stays {place} for {length} {how}, by {strength} grey levels</source>
            <translation>Ein {what} Pixel bleibt {place} für {length}, {how}, um {strength} Graustufen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <location filename="../../core/domain/defect.py" />
            <source>A/V drift</source>
            <translation>Drift von Bild und Ton</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <location filename="../../core/domain/defect.py" />
            <source>A/V length</source>
            <translation>Länge von Bild und Ton</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/dialogs/about.py" />
            <source>About Onglass</source>
            <translation>Über Onglass</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>About the channel</source>
            <translation>Über den Kanal</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>About this detector</source>
            <translation>Zu diesem Detektor</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/range_bar.py" />
            <source>Above: frames in memory. Below: what is analysed; hatched is not yet.</source>
            <translation>Oben: Bilder im Speicher. Unten: was analysiert ist; schraffiert ist es noch nicht.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/training/gate.py" />
            <source>Accept</source>
            <translation>Annehmen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Accept a region</source>
            <translation>Gebiet annehmen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Accept what is shown for the whole frame; with a polygon begun, close that.</source>
            <translation>Was gezeigt wird, für das ganze Bild annehmen; ein begonnenes Vieleck schließen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Accept what is shown in the regions that are asked about, and go to the next.</source>
            <translation>Annehmen, was in den gefragten Gebieten gezeigt wird, und zum nächsten gehen.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Action</source>
            <translation>Aktion</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Actions and shortcuts</source>
            <translation>Aktionen und Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Add</source>
            <translation>Hinzufügen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Add a class</source>
            <translation>Klasse hinzufügen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>Add a folder</source>
            <translation>Ordner hinzufügen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/library/view.py" />
            <source>Add a folder…</source>
            <translation>Ordner hinzufügen …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Add and rename classes, and change their colours.</source>
            <translation>Klassen hinzufügen, umbenennen und umfärben.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Advance after a verdict</source>
            <translation>Nach dem Urteil weitergehen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Advice</source>
            <translation>Rat</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/training/gate.py" />
            <source>After</source>
            <translation>Nachher</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>After so many verdicts</source>
            <translation>Nach so vielen Urteilen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Agree</source>
            <translation>Einig</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Agreed for at least</source>
            <translation>Übereinstimmend mindestens</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Agreement</source>
            <translation>Übereinstimmung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Agreement between reviewers</source>
            <translation>Übereinstimmung der Prüfer</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Agreement…</source>
            <translation>Übereinstimmung …</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Alert failed</source>
            <translation>Meldung gescheitert</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>All</source>
            <translation>Alle</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <location filename="../../gui/dialogs/export.py" />
            <source>All files (*)</source>
            <translation>Alle Dateien (*)</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>All flags</source>
            <translation>Alle Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/library/folder.py" />
            <source>All folders</source>
            <translation>Alle Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>All frames</source>
            <translation>Alle Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>All is well: go on</source>
            <translation>Alles in Ordnung: weiter</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>All of one detector in this title</source>
            <translation>Alle eines Detektors in diesem Titel</translation>
        </message>
        <message>
            <location filename="../../gui/desk/triage.py" />
            <source>All of this incident is decided; {key} opens it to change one.</source>
            <translation>Über diesen ganzen Vorfall ist entschieden; {key} klappt ihn auf, um einen zu ändern.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/filter.py" />
            <source>All states</source>
            <translation>Alle Zustände</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>All that the queue shows</source>
            <translation>Alle, die die Liste zeigt</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>All there are</source>
            <translation>Insgesamt</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <location filename="../../gui/training/change.py" />
            <source>All titles</source>
            <translation>Alle Titel</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>All {count} decided</source>
            <translation>Alle {count} entschieden</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Allowed above it as far as samples are above full scale</source>
            <translation>Darüber zulässig, soweit Abtastwerte über Vollaussteuerung liegen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Allowed off target</source>
            <translation>Zulässige Abweichung vom Ziel</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Alone</source>
            <translation>Allein</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Also change what is decided already</source>
            <translation>Auch Entschiedenes ändern</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <source>Alt+Up and Alt+Down move the threshold.</source>
            <translation>Alt+Auf und Alt+Ab verschieben die Schwelle.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Amount</source>
            <translation>Menge</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Analyse a title that has no finished analysis as soon as it is opened.</source>
            <translation>Einen Titel ohne abgeschlossene Analyse gleich beim Öffnen analysieren.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Analyse again</source>
            <translation>Erneut analysieren</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Analyse on opening</source>
            <translation>Beim Öffnen analysieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Analyse the marked stretch</source>
            <translation>Markierten Abschnitt analysieren</translation>
        </message>
        <message>
            <location filename="../../core/review/session.py" />
            <source>Analyse the title first; there is nothing to decide anew.</source>
            <translation>Erst den Titel analysieren; es gibt nichts neu zu entscheiden.</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Analyse these titles again</source>
            <translation>Diese Titel neu analysieren</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/training/history.py" />
            <source>Analysed</source>
            <translation>Analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Analysed in 30 days</source>
            <translation>Analysiert in 30 Tagen</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Analysed in 7 days</source>
            <translation>Analysiert in 7 Tagen</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Analysed today</source>
            <translation>Heute analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Analyses of this title</source>
            <translation>Analysen dieses Titels</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Analysing</source>
            <translation>Analyse läuft</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Analysing {done} of {count} …</source>
            <translation>Analysiere {done} von {count} …</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/desk/analysis.py" />
            <source>Analysis</source>
            <translation>Analyse</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Analysis failed</source>
            <translation>Analyse fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Another flag says it.</source>
            <translation>Ein anderer Befund sagt dasselbe.</translation>
        </message>
        <message>
            <location filename="../../core/store/migration.py" />
            <source>Another program keeps its tables in this database; give Onglass one of its own.</source>
            <translation>Ein anderes Programm hat seine Tabellen in dieser Datenbank; geben Sie Onglass eine eigene.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>Another program kept the store locked for too long; nothing was changed, so close it and try again.</source>
            <translation>Ein anderes Programm hielt die Datenbank zu lange gesperrt; nichts wurde geändert, es schließen und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../../core/store/mask_round.py" />
            <source>Another round of these masks was finished in the meantime.</source>
            <translation>Inzwischen wurde eine andere Runde dieser Masken fertig.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Any</source>
            <translation>Beliebiger</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Any artifact</source>
            <translation>Beliebiges Artefakt</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Apply to the profile</source>
            <translation>Ins Profil übernehmen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/support.py" />
            <source>Archives (*.zip)</source>
            <translation>Archive (*.zip)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Area that loses saturated red</source>
            <translation>Fläche, die gesättigtes Rot verliert</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Area that makes it a flash</source>
            <translation>Fläche, ab der es ein Blitz ist</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Area that turns bright</source>
            <translation>Fläche, die hell wird</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Area that turns dark</source>
            <translation>Fläche, die dunkel wird</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Area that turns saturated red</source>
            <translation>Fläche, die gesättigt rot wird</translation>
        </message>
        <message>
            <location filename="../../core/models/syncnet.py" />
            <source>As published: Chung and Zisserman 2016. Converted from the public checkpoint.</source>
            <translation>Wie veröffentlicht: Chung und Zisserman 2016. Umgewandelt vom öffentlichen Checkpoint.</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>As said</source>
            <translation>Wie gesagt</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Ask</source>
            <translation>Fragen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Ask before quitting</source>
            <translation>Vor dem Beenden fragen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Ask before the desk closes while an analysis is running.</source>
            <translation>Vor dem Schließen fragen, wenn eine Analyse läuft.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Asked is right</source>
            <translation>Gefragtes stimmt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Asked regions are right</source>
            <translation>Gefragte Gebiete stimmen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/support.py" />
            <source>Asking this machine what it offers…</source>
            <translation>Dieser Rechner wird gefragt, was er bietet …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>At</source>
            <translation>Bei</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>At (UTC)</source>
            <translation>Wann (UTC)</translation>
        </message>
        <message>
            <location filename="../../core/review/spot_check.py" />
            <source>At least one clip has to be drawn.</source>
            <translation>Mindestens ein Clip muss gezogen werden.</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>At the input of the encoder</source>
            <translation>Am Eingang des Encoders</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>At worst {share} % of the samples lie in flat tops.</source>
            <translation>Schlimmstenfalls liegen {share} % der Abtastwerte in flachen Spitzen.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Audacity labels</source>
            <translation>Audacity-Textmarken</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Audio artifacts</source>
            <translation>Tonartefakte</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <location filename="../../gui/player/transport.py" />
            <source>Audio clock</source>
            <translation>Audiotakt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Audio dropout</source>
            <translation>Tonaussetzer</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Audio-video sync</source>
            <translation>Lippensynchronität</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Automatic</source>
            <translation>Automatisch</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Av1</source>
            <translation>AV1</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>B is later by</source>
            <translation>B ist später um</translation>
        </message>
        <message>
            <location filename="../../gui/triage/keys.py" />
            <location filename="../../gui/wall/view.py" />
            <source>Back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Back to the title</source>
            <translation>Zurück zum Titel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Back up now</source>
            <translation>Jetzt sichern</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Back within</source>
            <translation>Zurück innerhalb von</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Backups</source>
            <translation>Sicherungen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Backups…</source>
            <translation>Sicherungen …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Banding</source>
            <translation>Banding</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Bands differ by this share at most</source>
            <translation>Bänder weichen höchstens um diesen Anteil ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Bands differ in the shift by</source>
            <translation>Abweichung der Bänder in der Verschiebung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Bands differ in the step by</source>
            <translation>Abweichung der Bänder in der Stufe</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Bare picture while held</source>
            <translation>Reines Bild bei gedrückter Taste</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Bars</source>
            <translation>Balken</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Be led through the desk when the sample title is opened next.</source>
            <translation>Beim nächsten Öffnen des Beispieltitels durch den Prüfplatz führen lassen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Be led through the desk, in two minutes.</source>
            <translation>In zwei Minuten durch den Prüfplatz führen lassen.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/training/gate.py" />
            <source>Before</source>
            <translation>Vorher</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Before an update</source>
            <translation>Vor einer Aktualisierung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Before going back</source>
            <translation>Vor einer Rückkehr</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Begin masks of this title, with classes and colours.</source>
            <translation>Masken dieses Titels beginnen, mit Klassen und Farben.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Begin what is offered without being asked. What comes of it still waits for you.</source>
            <translation>Beginnt ungefragt, was angeboten wird. Über das Ergebnis entscheiden weiterhin Sie.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Behind</source>
            <translation>Im Rückstand</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Being checked…</source>
            <translation>Wird geprüft …</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Being counted</source>
            <translation>Wird gezählt</translation>
        </message>
        <message>
            <location filename="../../gui/wall/model.py" />
            <source>Being read</source>
            <translation>Wird gelesen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Below</source>
            <translation>Darunter</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Beside</source>
            <translation>Daneben</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Best possible</source>
            <translation>Optimal</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Between</source>
            <translation>Zwischen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Black</source>
            <translation>Schwarz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Black borders</source>
            <translation>Schwarze Balken</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Black borders appear, vanish or move.</source>
            <translation>Schwarze Balken erscheinen, verschwinden oder wandern.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Black borders that appear, vanish or move within a title. Borders that stay all through are no defect. Dark scenes, fades and words in a border are passed over, so a change that happens there is told only when the picture is bright again; borders that are not black (blurred or coloured ones) are not seen.</source>
            <translation>Schwarze Balken, die innerhalb eines Titels erscheinen, verschwinden oder wandern. Durchgehende Balken sind kein Fehler. Dunkle Szenen, Blenden und Schrift im Balken werden übergangen; ein Wechsel dort wird erst gemeldet, wenn das Bild wieder hell ist; Ränder, die nicht schwarz sind (unscharfe oder farbige), werden nicht gesehen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Black for a commercial break, from (0: never)</source>
            <translation>Schwarz für eine Werbepause ab (0: nie)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/domain/defect.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>Black frames</source>
            <translation>Schwarzbild</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <source>Blind second look</source>
            <translation>Verdeckte Zweitsichtung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <location filename="../../core/domain/defect.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>Block corruption</source>
            <translation>Blockfehler</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>Blocker</source>
            <translation>Blocker</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Blockiness</source>
            <translation>Blockbildung</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Blocks show wrong content after data was lost.</source>
            <translation>Blöcke zeigen nach Datenverlust falschen Inhalt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Blocks show wrong content {place} for {length}; the network is {surest} % sure.</source>
            <translation>Blöcke zeigen {place} falschen Inhalt für {length}; das Netz ist zu {surest} % sicher.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Blocks that show wrong content after data was lost, seen by a network that was trained on damaged streams, with a map of where. Deliberate glitch effects and mosaics may look the same. The network looks at chosen frames unless every frame is asked for: damage of a frame or two in fast motion may pass between two looks.</source>
            <translation>Blöcke mit falschem Inhalt nach Datenverlust, gesehen von einem Netz, das an beschädigten Datenströmen trainiert wurde, mit einer Karte der Stellen. Gewollte Glitch-Effekte und Mosaike können gleich aussehen. Das Netz sieht ausgewählte Bilder an, sofern nicht jedes verlangt ist: Schäden von ein, zwei Bildern in schneller Bewegung können dazwischen liegen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Blur</source>
            <translation>Unschärfe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Border at the bottom</source>
            <translation>Balken unten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Border at the left</source>
            <translation>Balken links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Border at the right</source>
            <translation>Balken rechts</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Border at the top</source>
            <translation>Balken oben</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/player/heat_image.py" />
            <source>Both</source>
            <translation>Beides</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Bottom edge of the combed region</source>
            <translation>Unterkante des Kammbereichs</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Box</source>
            <translation>Kasten</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Bright or red flashes that can harm photosensitive viewers.</source>
            <translation>Helle oder rote Blitze, die lichtempfindlichen Zuschauern schaden können.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Broad-band noise behind the programme.</source>
            <translation>Breitbandiges Rauschen hinter dem Programm.</translation>
        </message>
        <message>
            <location filename="../../resources/profiles" />
            <source>Broadcast</source>
            <translation>Sendung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Browse…</source>
            <translation>Durchsuchen …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Brush</source>
            <translation>Pinsel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/spot/dialog.py" />
            <location filename="../../gui/training/history.py" />
            <source>By</source>
            <translation>Von wem</translation>
        </message>
        <message>
            <location filename="../../gui/queue/order_box.py" />
            <source>By column</source>
            <translation>Nach Spalte</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>By defect</source>
            <translation>Nach Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>By hand</source>
            <translation>Von Hand</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>By how much contrast goes and comes back</source>
            <translation>Um wie viel der Kontrast geht und wiederkommt</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>By the curve that was fitted to verdicts the error is {error}; some of them are among these.</source>
            <translation>Nach der an Urteile angepassten Kurve beträgt der Fehler {error}; einige dieser Urteile sind hier darunter.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>By time</source>
            <translation>Nach Zeit</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>By time, most severe, strongest, least sure, by defect, most useful.</source>
            <translation>Nach Zeit, Schwerstes, Stärkstes, Unsicherstes, nach Fehler, Nützlichstes.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/order_box.py" />
            <source>By title</source>
            <translation>Nach Titel</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>By weights</source>
            <translation>Mit Gewichten</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/wall/filter.py" />
            <source>By: {column}</source>
            <translation>Nach: {column}</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>CMX3600 EDL</source>
            <translation>CMX3600-EDL</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>COCO, one JSON file</source>
            <translation>COCO, eine JSON-Datei</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>CSV</source>
            <translation>CSV</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>CVAT for video, one XML file</source>
            <translation>CVAT für Video, eine XML-Datei</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/range_bar.py" />
            <source>Cached and analysed</source>
            <translation>Zwischengespeichert und analysiert</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Cadence</source>
            <translation>Kadenz</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>Calibration</source>
            <translation>Kalibrierung</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>Cancel</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Cancel the running job.</source>
            <translation>Laufenden Auftrag abbrechen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/job.py" />
            <source>Cancel this job; what it measured so far is kept</source>
            <translation>Diesen Auftrag abbrechen; bisher Gemessenes bleibt erhalten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Caption encoding</source>
            <translation>Zeichenkodierung der Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Caption language</source>
            <translation>Sprache der Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Caption position</source>
            <translation>Lage der Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Caption readability</source>
            <translation>Lesbarkeit der Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Caption sync</source>
            <translation>Timing der Untertitel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/medium.py" />
            <source>Captions</source>
            <translation>Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Captions are not in the language they claim.</source>
            <translation>Die Untertitel sind nicht in der angegebenen Sprache.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Captions are too fast, long or short.</source>
            <translation>Untertitel sind zu schnell, zu lang oder zu kurz.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Captions carry the name of their region, not where it lies in the picture.</source>
            <translation>Untertitel tragen den Namen ihrer Region, nicht deren Lage im Bild.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Captions come too early or too late.</source>
            <translation>Untertitel kommen zu früh oder zu spät.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Captions count as speech from</source>
            <translation>Untertitel gelten als Sprache ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Captions count when they lie within</source>
            <translation>Untertitel zählen innerhalb von</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Captions cover only {covered_pct} % of the speech: the track seems to hold signs or foreign dialogue alone.</source>
            <translation>Die Untertitel decken nur {covered_pct} % des Gesprochenen ab: Die Spur enthält wohl nur Schriften oder fremdsprachige Dialoge.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Captions over the picture</source>
            <translation>Untertitel über dem Bild</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Captions show wrong characters.</source>
            <translation>Untertitel zeigen falsche Zeichen.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Captions stand outside the picture.</source>
            <translation>Untertitel stehen außerhalb des Bildes.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Captions that are too fast, too long, too short, too close or on top of each other. Captions that roll up or grow line by line are held to speed and line length only. Lines that a player would break by itself count as written.</source>
            <translation>Untertitel, die zu schnell, zu lang, zu kurz, zu dicht oder übereinander sind. Rollende oder zeilenweise wachsende Untertitel werden nur nach Tempo und Zeilenlänge beurteilt. Zeilen, die ein Player selbst umbräche, zählen wie geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Captions that come early or late against the voices that are heard, several in a row. Voice activity says when somebody speaks to about a tenth of a second: the ± 3 frames of delivery specifications are finer than that. Unbroken talk hides an offset; live captions are late by nature.</source>
            <translation>Mehrere Untertitel hintereinander, die gegenüber den Stimmen zu früh oder zu spät kommen. Die Sprachaktivität ist auf etwa eine Zehntelsekunde genau: Die ± 3 Bilder der Lieferspezifikationen sind feiner. Pausenloses Reden verdeckt einen Versatz; Live-Untertitel kommen naturgemäß spät.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Caught up</source>
            <translation>Aufgeholt</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Cells of probability {threshold:.2f} and more are shown</source>
            <translation>Gezeigt werden Zellen ab der Wahrscheinlichkeit {threshold:.2f}</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Change</source>
            <translation>Änderung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Change against that over two frames</source>
            <translation>Änderung gegen die über zwei Bilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Change from the frame before</source>
            <translation>Änderung gegenüber dem Bild davor</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Change how the desk behaves.</source>
            <translation>Verhalten des Prüfplatzes ändern.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Change of active area</source>
            <translation>Wechsel der Bildfläche</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Change since the frame before that</source>
            <translation>Änderung gegenüber dem vorletzten Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Change since the last look</source>
            <translation>Änderung seit dem letzten Blick</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Change since the previous frame</source>
            <translation>Änderung seit dem vorigen Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Change that counts as none</source>
            <translation>Änderung, die als keine gilt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Change where most changes</source>
            <translation>Änderung, wo sich am meisten ändert</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>Changed your mind? {0} takes it back, tomorrow as well. Nothing is ever lost.</source>
            <translation>Anders überlegt? {0} nimmt es zurück, auch morgen noch. Nichts geht je verloren.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Change…</source>
            <translation>Ändern…</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_dropout.py" />
            <location filename="../../gui/wall/view.py" />
            <source>Channel</source>
            <translation>Kanal</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Channel fault</source>
            <translation>Kanalfehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Channel {channel}</source>
            <translation>Kanal {channel}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Channel {names}: the sound drops by {depth} dB to {rest} for {length}, with an abrupt edge on either side.</source>
            <translation>Kanal {names}: Der Ton fällt um {depth} dB auf {rest} für {length}, mit abrupter Kante auf beiden Seiten.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Channel {name}</source>
            <translation>Kanal {name}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_dropout.py" />
            <location filename="../../gui/actions" />
            <location filename="../../gui/player/channel_panel.py" />
            <location filename="../../gui/wall/grid.py" />
            <location filename="../../gui/wall/view.py" />
            <source>Channels</source>
            <translation>Kanäle</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Channels and what happened</source>
            <translation>Kanäle und was geschah</translation>
        </message>
        <message>
            <location filename="../../core/simulate/channel.py" />
            <source>Channels can only be missing or swapped where there are two.</source>
            <translation>Kanäle können nur fehlen oder vertauscht sein, wo es zwei gibt.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/phase.py" />
            <source>Channels can only cancel each other where there are two.</source>
            <translation>Kanäle können sich nur auslöschen, wo es zwei gibt.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Channels cancel each other.</source>
            <translation>Kanäle löschen sich gegenseitig aus.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_dropout.py" />
            <location filename="../../core/catalog/rule_hiss.py" />
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Channels concerned (bits)</source>
            <translation>Betroffene Kanäle (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Channels {names}: the sound drops by {depth} dB to {rest} for {length}, with an abrupt edge on either side.</source>
            <translation>Kanäle {names}: Der Ton fällt um {depth} dB auf {rest} für {length}, mit abrupter Kante auf beiden Seiten.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Choose a file to see what is in it; nothing is kept before that.</source>
            <translation>Eine Datei auswählen, um ihren Inhalt zu sehen; vorher wird nichts übernommen.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Choose a metric</source>
            <translation>Eine Messgröße wählen</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Choose the curve to show</source>
            <translation>Die gezeigte Kurve wählen</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>Choose the file…</source>
            <translation>Datei auswählen …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Choose what counts as a defect.</source>
            <translation>Festlegen, was als Fehler gilt.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>Choose: {title}</source>
            <translation>Auswählen: {title}</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <location filename="../../gui/dialogs/settings.py" />
            <source>Choose…</source>
            <translation>Auswählen …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/teach.py" />
            <source>Choosing what to ask …</source>
            <translation>Es wird gewählt, was gefragt wird …</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Chosen samples are no fair picture of your library. How often a defect occurs follows from spot checks and the random share alone.</source>
            <translation>Ausgewählte Proben sind kein getreues Bild Ihrer Bibliothek. Wie häufig ein Fehler ist, sagen nur Stichproben und der zufällige Anteil.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Chroma</source>
            <translation>Chroma</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Chroma lies outside 5–251 in {share} % of the samples</source>
            <translation>Chroma liegt in {share} % der Abtastwerte außerhalb von 5–251</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Chroma outside 5–251</source>
            <translation>Chroma außerhalb 5–251</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 1</source>
            <translation>Klasse 1</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 2</source>
            <translation>Klasse 2</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 3</source>
            <translation>Klasse 3</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 4</source>
            <translation>Klasse 4</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 5</source>
            <translation>Klasse 5</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 6</source>
            <translation>Klasse 6</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 7</source>
            <translation>Klasse 7</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 8</source>
            <translation>Klasse 8</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Class 9</source>
            <translation>Klasse 9</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <location filename="../../gui/annotate/class_list.py" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Classes</source>
            <translation>Klassen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Classes…</source>
            <translation>Klassen…</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/picture_pair.py" />
            <location filename="../../gui/simulate/sound_pair.py" />
            <source>Clean</source>
            <translation>Sauber</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/wall/filter.py" />
            <source>Clear</source>
            <translation>Leeren</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/wall/filter.py" />
            <source>Clear all filters</source>
            <translation>Alle Filter leeren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Clear the marks</source>
            <translation>Marken löschen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Click</source>
            <translation>Knackser</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Click a predicted region that is right.</source>
            <translation>Ein vorhergesagtes Gebiet anklicken, das stimmt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Click corner after corner; Enter or a double click closes it.</source>
            <translation>Ecke um Ecke klicken; die Eingabetaste oder ein Doppelklick schließt es.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Click superpixels, rectangles or the frame into the class, or out of it.</source>
            <translation>Superpixel, Rechtecke oder das Bild in die Klasse klicken oder aus ihr heraus.</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane_view.py" />
            <source>Click the name to show each</source>
            <translation>Auf den Namen klicken, um jede zu zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/meter.py" />
            <source>Click to forget the highest true peaks.</source>
            <translation>Klicken, um die höchsten True Peaks zu vergessen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <location filename="../../core/catalog/rule_clicks.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Clicks</source>
            <translation>Knackser</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Clicks: channels (bits)</source>
            <translation>Knackser: Kanäle (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Clicks: sure from</source>
            <translation>Knackser: sicher ab</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Clip before (Page up)</source>
            <translation>Voriger Clip (Bild auf)</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Clip {place} of {count}</source>
            <translation>Clip {place} von {count}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Clipping</source>
            <translation>Clipping</translation>
        </message>
        <message>
            <location filename="../../core/media/audition.py" />
            <source>Clipping lies in no band of its own, so it cannot be heard alone.</source>
            <translation>Clipping liegt in keinem eigenen Band und lässt sich deshalb nicht allein hören.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Clips</source>
            <translation>Clips</translation>
        </message>
        <message>
            <location filename="../../core/review/spot_check.py" />
            <source>Clips cannot be told apart by {unknown}; there are {known}.</source>
            <translation>Clips lassen sich nicht nach {unknown} unterscheiden; es gibt {known}.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Clips looked at</source>
            <translation>Angesehene Clips</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Clips with a miss</source>
            <translation>Clips mit Übersehenem</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/player/transport.py" />
            <source>Clock</source>
            <translation>Uhrzeit</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Clock source</source>
            <translation>Taktquelle</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <location filename="../../gui/simulate/dialog.py" />
            <location filename="../../gui/teach/finish.py" />
            <location filename="../../gui/tour/bar.py" />
            <source>Close</source>
            <translation>Schließen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Close the title</source>
            <translation>Titel schließen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Close the title.</source>
            <translation>Den Titel schließen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <source>Close this message</source>
            <translation>Diese Meldung schließen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Codec</source>
            <translation>Codec</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Colour bars</source>
            <translation>Farbbalken</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Colour frame</source>
            <translation>Farbfläche</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Colour of class {number}</source>
            <translation>Farbe der Klasse {number}</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Colour the pixels that are out of range.</source>
            <translation>Die Pixel außerhalb des Bereichs einfärben.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Colours of the desk; System follows the desktop.</source>
            <translation>Farben des Prüfplatzes; System folgt dem Schreibtisch.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Colours, outlines of cells, or both; outlines show values when zoomed in.</source>
            <translation>Farben, Umrisse der Zellen oder beides; Umrisse zeigen vergrößert auch Werte.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Colours, outlines, or both.</source>
            <translation>Farben, Umrisse oder beides.</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Colours, outlines, or both; outlines show values when zoomed in</source>
            <translation>Farben, Umrisse oder beides; Umrisse zeigen vergrößert auch Werte</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <location filename="../../core/domain/defect.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>Combing</source>
            <translation>Kammartefakte</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Comes with</source>
            <translation>Gehört zu</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/verdict/audition.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Comment</source>
            <translation>Kommentar</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Compare analyses</source>
            <translation>Analysen vergleichen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Compare analyses…</source>
            <translation>Analysen vergleichen …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Compare with…</source>
            <translation>Vergleichen mit …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/compare.py" />
            <source>Compare {name} with</source>
            <translation>{name} vergleichen mit</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Comparing it with the present store…</source>
            <translation>Vergleich mit der jetzigen Datenbank …</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Comparing …</source>
            <translation>Vergleich läuft …</translation>
        </message>
        <message>
            <location filename="../../gui/compare/view.py" />
            <source>Comparison</source>
            <translation>Vergleich</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Compute map of this frame</source>
            <translation>Heatmap dieses Bildes berechnen</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Computing the spectrogram…</source>
            <translation>Spektrogramm wird berechnet …</translation>
        </message>
        <message>
            <location filename="../../gui/panes/waveform.py" />
            <source>Computing the waveform…</source>
            <translation>Wellenform wird berechnet …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Confidence</source>
            <translation>Sicherheit</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Confirm</source>
            <translation>Bestätigen</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Confirm ({key})</source>
            <translation>Bestätigen ({key})</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Confirm: best possible</source>
            <translation>Bestätigen: bestmöglich</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Confirm: creative intent</source>
            <translation>Bestätigen: gestalterische Absicht</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Confirm: fix</source>
            <translation>Bestätigen: beheben</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Confirmed</source>
            <translation>Bestätigt</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Confirmed and missed defects</source>
            <translation>Bestätigte und übersehene Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Confirmed flags kept</source>
            <translation>Noch gemeldete bestätigte</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Confirmed share</source>
            <translation>Bestätigter Anteil</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Conflicts</source>
            <translation>Konflikte</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/player/heat_image.py" />
            <source>Contours</source>
            <translation>Umrisse</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Control</source>
            <translation>Steuerzeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Control characters</source>
            <translation>Steuerzeichen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <location filename="../../gui/dialogs/about.py" />
            <location filename="../../gui/dialogs/details.py" />
            <source>Copy</source>
            <translation>Kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <source>Copy the sentence and its details</source>
            <translation>Den Satz und die Einzelheiten kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/details.py" />
            <source>Copy the sentence and the details</source>
            <translation>Den Satz und die Einzelheiten kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Copy the store as it is at this moment</source>
            <translation>Die Datenbank in ihrem jetzigen Stand kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>Copy the versions</source>
            <translation>Die Versionen kopieren</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>Copying the store…</source>
            <translation>Die Datenbank wird kopiert …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Correlation of left and right</source>
            <translation>Korrelation von links und rechts</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Correlation that cancels</source>
            <translation>Korrelation, die auslöscht</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Corrupted area</source>
            <translation>Gestörte Fläche</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Corrupted area, by area</source>
            <translation>Gestörte Fläche, nach Fläche</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Count in drop-frame at 29.97 and 59.94 frames a second.</source>
            <translation>Bei 29.97 und 59.94 Bildern pro Sekunde im Drop-Frame-Verfahren zählen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Counted on</source>
            <translation>Gezählt an</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Counting …</source>
            <translation>Wird gezählt …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Counts when sure from</source>
            <translation>Zählt, wenn sicher ab</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Cover more of the picture.</source>
            <translation>Mehr vom Bild abdecken.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <source>Covered by stairs</source>
            <translation>Von Stufen bedeckt</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Crackle</source>
            <translation>Knistern</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Creative</source>
            <translation>Absicht</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Creative intent</source>
            <translation>Gestaltungsabsicht</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Cut-off ends</source>
            <translation>Abgeschnittene Enden</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Damage a stretch of the title on purpose, look at it, save clip and truth.</source>
            <translation>Einen Abschnitt absichtlich beschädigen, ansehen, Clip und Referenz speichern.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>Damage to the stream shows once it is decoded: save the clip and open it.</source>
            <translation>Schäden am Datenstrom zeigen sich erst beim Dekodieren: den Clip speichern und öffnen.</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/picture_pair.py" />
            <location filename="../../gui/simulate/sound_pair.py" />
            <source>Damaged</source>
            <translation>Beschädigt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Damaged frames</source>
            <translation>Beschädigte Bilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Damaged packets</source>
            <translation>Beschädigte Pakete</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Dark</source>
            <translation>Dunkel</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Dark or light</source>
            <translation>Dunkel oder hell</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Dark part of the picture</source>
            <translation>Dunkler Anteil des Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Darkest to brightest</source>
            <translation>Dunkelstes bis hellstes</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Database file or SQLAlchemy URL with titles and verdicts; empty means the usual place. Takes effect at the next start.</source>
            <translation>Datenbankdatei oder SQLAlchemy-URL mit Titeln und Urteilen; leer heißt: am üblichen Ort. Wirkt ab dem nächsten Start.</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Date</source>
            <translation>Datum</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Day</source>
            <translation>Tag</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Day of the weekly offer</source>
            <translation>Tag des wöchentlichen Angebots</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Dead</source>
            <translation>Tot</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Dead while the level is below</source>
            <translation>Tot, solange der Pegel liegt unter</translation>
        </message>
        <message>
            <location filename="../../gui/panes/waveform.py" />
            <source>Decibel scale</source>
            <translation>Skala in Dezibel</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Decibels</source>
            <translation>Dezibel</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Decide an incident, all shown or the weak ones of a detector at once, after a look.</source>
            <translation>Über einen Vorfall, alles Gezeigte oder das Schwache eines Detektors auf einmal entscheiden, nach einem Blick darauf.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Decide by area (1) or as learned (0)</source>
            <translation>Nach Fläche entscheiden (1) oder wie gelernt (0)</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Decide it again.</source>
            <translation>Noch einmal so entscheiden.</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Decide several flags</source>
            <translation>Mehrere Befunde entscheiden</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Decide several…</source>
            <translation>Mehrere entscheiden …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Decide the flags that teach a detector most, across titles, one key each.</source>
            <translation>Die Befunde entscheiden, aus denen ein Detektor am meisten lernt, über Titel hinweg, je eine Taste.</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Decide {count}</source>
            <translation>{count} entscheiden</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>Decide: {0} confirms, {1} rejects, {2} leaves it to somebody else. Your verdict is on the disk before the next flag shows.</source>
            <translation>Entscheiden: {0} bestätigt, {1} verwirft, {2} überlässt es anderen. Das Urteil liegt auf dem Datenträger, bevor der nächste Befund erscheint.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/triage.py" />
            <source>Decided together: {decided}; left alone: {kept}</source>
            <translation>Zusammen entschieden: {decided}; unberührt: {kept}</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Deciding anew from stored measurements …</source>
            <translation>Entscheide neu aus gespeicherten Messungen …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Decisions made since, which going back would lose: {count} – {titles}.</source>
            <translation>Entscheidungen seither, die eine Rückkehr kosten würde: {count} – {titles}.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Decisions that only the backup has, which it would bring back: {count}.</source>
            <translation>Entscheidungen nur in der Sicherung, die sie zurückbrächte: {count}.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Decode error</source>
            <translation>Dekodierfehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>Decode errors</source>
            <translation>Dekodierfehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Decoder errors</source>
            <translation>Fehler des Decoders</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <location filename="../../resources/profiles" />
            <source>Default</source>
            <translation>Standard</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/spot/dialog.py" />
            <location filename="../../gui/triage/preview.py" />
            <source>Defect</source>
            <translation>Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/spot/answer.py" />
            <source>Defects in this clip</source>
            <translation>Fehler in diesem Clip</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Defocus</source>
            <translation>Defokus</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Delay of the sound device that the system does not report; positive shows the picture later.</source>
            <translation>Verzögerung des Tongeräts, die das System nicht meldet; positive Werte zeigen das Bild später.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Delete</source>
            <translation>Löschen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Delete the region</source>
            <translation>Gebiet löschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Depth of the gap</source>
            <translation>Tiefe der Lücke</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Descending</source>
            <translation>Absteigend</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Descending: the last, latest or worst first</source>
            <translation>Absteigend: das Letzte, Neueste oder Schlimmste zuerst</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <location filename="../../gui/dialogs/details.py" />
            <source>Details</source>
            <translation>Einzelheiten</translation>
        </message>
        <message>
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/teach/dialog.py" />
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Detector</source>
            <translation>Detektor</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Detector and threshold</source>
            <translation>Detektor und Schwelle</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/training/window.py" />
            <source>Detectors</source>
            <translation>Detektoren</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>Detectors and training</source>
            <translation>Detektoren und Training</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Detectors' misses are found only by looking where they saw nothing. Draw clips at random, look at them without the detectors' opinion, and read here what is missed.</source>
            <translation>Was Detektoren übersehen, zeigt sich nur, wo man hinsieht, obwohl sie nichts gesehen haben. Clips zufällig ziehen, ohne die Meinung der Detektoren ansehen und hier ablesen, was übersehen wird.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Device</source>
            <translation>Gerät</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>Did the detectors miss something? {0} and {1} mark where it begins and ends, {2} reports it. Mark a beginning.</source>
            <translation>Haben die Detektoren etwas übersehen? {0} und {1} markieren Anfang und Ende, {2} meldet es. Einen Anfang markieren.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Difference</source>
            <translation>Differenz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Difference of left and right against the sum</source>
            <translation>Differenz von links und rechts gegen die Summe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Difference within a pair</source>
            <translation>Unterschied innerhalb eines Paars</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Difference, 95 %</source>
            <translation>Unterschied, 95 %</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Digital</source>
            <translation>Digital</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <location filename="../../gui/library/view.py" />
            <source>Dismiss</source>
            <translation>Schließen</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/banner.py" />
            <source>Dismiss (%n more)</source>
            <translation>
                <numerusform>Schließen (%n weitere)</numerusform>
                <numerusform>Schließen (%n weitere)</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Displaced</source>
            <translation>Verschoben</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Disputed flags</source>
            <translation>Strittige Befunde</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>Distance of the grid's lines</source>
            <translation>Abstand der Rasterlinien</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Distortion</source>
            <translation>Verzerrung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Distortion: channels (bits)</source>
            <translation>Verzerrung: Kanäle (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Distortion: sure from</source>
            <translation>Verzerrung: sicher ab</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Do without this class</source>
            <translation>Auf diese Klasse verzichten</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Does not pass the gate</source>
            <translation>Besteht die Prüfung nicht</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Down</source>
            <translation>Abwärts</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Drag from corner to corner.</source>
            <translation>Von Ecke zu Ecke ziehen.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Draw clips</source>
            <translation>Clips ziehen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Draw it again.</source>
            <translation>Noch einmal zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Draw what is where in the frames of the title.</source>
            <translation>Zeichnen, was wo in den Bildern des Titels ist.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Draw with the class above.</source>
            <translation>Mit der Klasse darüber zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Draw with the class below.</source>
            <translation>Mit der Klasse darunter zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Draw with this class.</source>
            <translation>Mit dieser Klasse zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Drawn by chance, so that figures about the library stay honest.</source>
            <translation>Vom Zufall gezogen, damit Zahlen über die Bibliothek ehrlich bleiben.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Drift</source>
            <translation>Drift</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Drift from</source>
            <translation>Drift ab</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Drift in words</source>
            <translation>Drift in Worten</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Drifting</source>
            <translation>Driftend</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Drop</source>
            <translation>Abfall</translation>
        </message>
        <message>
            <location filename="../../gui/player/picture.py" />
            <source>Drop a file here or press Ctrl+O</source>
            <translation>Eine Datei hierher ziehen oder Strg+O drücken</translation>
        </message>
        <message>
            <location filename="../../gui/desk/empty.py" />
            <source>Drop a video or sound file here. It opens at once, and detectors look for defects in the background; you decide on each flag.</source>
            <translation>Eine Video- oder Tondatei hierher ziehen. Sie wird sofort geöffnet, Detektoren suchen im Hintergrund nach Fehlern, und über jeden Befund entscheidet ein Mensch.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Drop-frame timecode</source>
            <translation>Drop-Frame-Timecode</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/player/transport.py" />
            <source>Dropped frames</source>
            <translation>Ausgelassene Bilder</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Duplicate</source>
            <translation>Dublette</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Duration</source>
            <translation>Dauer</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>Each row of the list on the right is a flag: something that a detector doubts. Press {0} to go to the next one.</source>
            <translation>Jede Zeile der Liste rechts ist ein Befund: etwas, woran ein Detektor zweifelt. {0} drücken, um zum nächsten zu gehen.</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>Earlier</source>
            <translation>Früher</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Earlier ({count})</source>
            <translation>Früher ({count})</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Early</source>
            <translation>Zu früh</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Early from</source>
            <translation>Zu früh ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Edges widen by</source>
            <translation>Kanten werden breiter um</translation>
        </message>
        <message>
            <location filename="../../gui/tour/bar.py" />
            <source>End the tour</source>
            <translation>Rundgang beenden</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>End this training; the weights stay</source>
            <translation>Dieses Training beenden; die Gewichte bleiben</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Enter</source>
            <translation>Eingabe</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Enter, or a double click, opens a disputed flag.</source>
            <translation>Eingabetaste oder Doppelklick öffnet einen strittigen Befund.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Eraser</source>
            <translation>Radierer</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Even up to</source>
            <translation>Gleichmäßig bis</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Every class needs a name.</source>
            <translation>Jede Klasse braucht einen Namen.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Every title: previous against latest</source>
            <translation>Jeder Titel: vorige gegen neueste</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Everybody</source>
            <translation>Allen</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Everything, for programs; times as PTS.</source>
            <translation>Alles, für Programme; Zeiten als PTS.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Evidence</source>
            <translation>Beleg</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <source>Evidence in the sound</source>
            <translation>Beleg im Ton</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Export</source>
            <translation>Exportieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Export is running</source>
            <translation>Export läuft</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>Export masks</source>
            <translation>Masken exportieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Export masks…</source>
            <translation>Masken exportieren…</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Export to</source>
            <translation>Exportieren nach</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Export {name}</source>
            <translation>{name} exportieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Export…</source>
            <translation>Exportieren …</translation>
        </message>
        <message>
            <location filename="../../core/media/likeness.py" />
            <source>FFmpeg cannot compare these pictures.</source>
            <translation>FFmpeg kann diese Bilder nicht vergleichen.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>FFmpeg reads it as {kind}.</source>
            <translation>FFmpeg liest es als {kind}.</translation>
        </message>
        <message>
            <location filename="../../core/media/filter_graph.py" />
            <source>FFmpeg's filter {chain} cannot be set up.</source>
            <translation>Der FFmpeg-Filter {chain} lässt sich nicht einrichten.</translation>
        </message>
        <message>
            <location filename="../../core/media/filter_graph.py" />
            <source>FFmpeg's filter {name} cannot be run.</source>
            <translation>Der FFmpeg-Filter {name} lässt sich nicht ausführen.</translation>
        </message>
        <message>
            <location filename="../../core/media/likeness.py" />
            <source>FFmpeg's filter {name} cannot be set up.</source>
            <translation>Der FFmpeg-Filter {name} lässt sich nicht einrichten.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>FYI</source>
            <translation>Info</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>FYI up to</source>
            <translation>Info bis</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: confidence</source>
            <translation>Gesicht 1: Sicherheit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: height</source>
            <translation>Gesicht 1: Höhe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: left</source>
            <translation>Gesicht 1: links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: offset</source>
            <translation>Gesicht 1: Versatz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: top</source>
            <translation>Gesicht 1: oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: track (-1 none)</source>
            <translation>Gesicht 1: Spur (-1 keine)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 1: width</source>
            <translation>Gesicht 1: Breite</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: confidence</source>
            <translation>Gesicht 2: Sicherheit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: height</source>
            <translation>Gesicht 2: Höhe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: left</source>
            <translation>Gesicht 2: links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: offset</source>
            <translation>Gesicht 2: Versatz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: top</source>
            <translation>Gesicht 2: oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: track (-1 none)</source>
            <translation>Gesicht 2: Spur (-1 keine)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 2: width</source>
            <translation>Gesicht 2: Breite</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: confidence</source>
            <translation>Gesicht 3: Sicherheit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: height</source>
            <translation>Gesicht 3: Höhe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: left</source>
            <translation>Gesicht 3: links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: offset</source>
            <translation>Gesicht 3: Versatz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: top</source>
            <translation>Gesicht 3: oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: track (-1 none)</source>
            <translation>Gesicht 3: Spur (-1 keine)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face 3: width</source>
            <translation>Gesicht 3: Breite</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Face {index}</source>
            <translation>Gesicht {index}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Faces</source>
            <translation>Gesichter</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Fade</source>
            <translation>Blende</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Failed</source>
            <translation>Gescheitert</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>False alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>False colour</source>
            <translation>Falschfarben</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>False positive</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>False positive ({key})</source>
            <translation>Fehlalarm ({key})</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Fast</source>
            <translation>Schnell</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Fastest reading speed</source>
            <translation>Höchstes Lesetempo</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Fastest reading speed, Chinese</source>
            <translation>Höchstes Lesetempo, Chinesisch</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Fastest reading speed, Japanese</source>
            <translation>Höchstes Lesetempo, Japanisch</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Fastest reading speed, Korean</source>
            <translation>Höchstes Lesetempo, Koreanisch</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Fewer than {least} of both kinds say little.</source>
            <translation>Weniger als {least} beider Arten sagen wenig.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Fewest captions in a row</source>
            <translation>Wenigste Untertitel in Folge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>Fewest clicks together</source>
            <translation>Wenigste Knackser zusammen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Fewest faults</source>
            <translation>Wenigste Fehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Fewest holds and jumps</source>
            <translation>Wenigste Halte und Sprünge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>Fewest torn frames</source>
            <translation>Wenigste gerissene Bilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Fewest wrong characters a caption</source>
            <translation>Wenigste falsche Zeichen je Untertitel</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Field after field</source>
            <translation>Halbbild für Halbbild</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Field order</source>
            <translation>Halbbildfolge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Fields of different times are woven together for {length}: where something moves, every other row lies nearer to the picture before or after, by up to {max} %{ending}.</source>
            <translation>Halbbilder verschiedener Zeiten sind verwoben für {length}: Wo sich etwas bewegt, liegt jede zweite Zeile näher am Bild davor oder danach, um bis zu {max} %{ending}.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Figure</source>
            <translation>Kennzahl</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Figures of the card</source>
            <translation>Kennzahlen der Karte</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Figures of the gate</source>
            <translation>Kennzahlen der Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>File</source>
            <translation>Datei</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>File &amp;name</source>
            <translation>Datei&amp;name</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/support.py" />
            <source>Files in the bundle</source>
            <translation>Dateien im Paket</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/player/heat_image.py" />
            <source>Fill</source>
            <translation>Fläche</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Fill the screen.</source>
            <translation>Den Bildschirm füllen.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Filter by detector</source>
            <translation>Nach Detektor filtern</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Filter by severity</source>
            <translation>Nach Schweregrad filtern</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Filter by verdict</source>
            <translation>Nach Urteil filtern</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Final Cut Pro 7 XML</source>
            <translation>Final Cut Pro 7 XML</translation>
        </message>
        <message>
            <location filename="../../gui/spot/answer.py" />
            <source>Find a defect</source>
            <translation>Einen Fehler suchen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Find a part, a licence or words of it</source>
            <translation>Bestandteil, Lizenz oder Wörter daraus suchen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Find an action or a key</source>
            <translation>Aktion oder Taste suchen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/filter.py" />
            <source>Find channels</source>
            <translation>Kanäle suchen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/filter.py" />
            <source>Find channels by name or address</source>
            <translation>Kanäle nach Name oder Adresse suchen</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Find in flags</source>
            <translation>Suchen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Find in the queue</source>
            <translation>In der Liste suchen</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>Find missing titles</source>
            <translation>Fehlende Titel suchen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Find missing titles…</source>
            <translation>Fehlende Titel suchen …</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Find offset</source>
            <translation>Versatz suchen</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Find thresholds that keep what was confirmed and raise less else</source>
            <translation>Schwellen finden, die Bestätigtes behalten und sonst weniger melden</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Find titles</source>
            <translation>Titel suchen</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Find titles by name, folder, format, reviewer</source>
            <translation>Titel nach Name, Ordner, Format, Prüfer suchen</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Findings that change</source>
            <translation>Befunde, die sich ändern</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Findings that changed</source>
            <translation>Geänderte Messergebnisse</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>First</source>
            <translation>Erste</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>First f&amp;rame</source>
            <translation>&amp;Erstes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>First frame is &amp;called</source>
            <translation>Erstes Bild &amp;heißt</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Fit the picture or show it at 100 %</source>
            <translation>Bild einpassen oder in 100 % zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Fit to verdicts</source>
            <translation>An Urteile anpassen</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Fitting thresholds to the verdicts …</source>
            <translation>Passe Schwellen an die Urteile an …</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Fix</source>
            <translation>Beheben</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Flag</source>
            <translation>Befund</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Flag what others flag, too (1), or not (0)</source>
            <translation>Auch melden, was andere melden (1), oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/teach/dialog.py" />
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Flags</source>
            <translation>Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Flags answered</source>
            <translation>Beantwortete Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Flags by defect</source>
            <translation>Befunde nach Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Flags in the file</source>
            <translation>Befunde in der Datei</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Flags only</source>
            <translation>Nur Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/library/model.py" />
            <source>Flags that nobody has decided, of all</source>
            <translation>Offene Befunde von allen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Flags that overlap, repeat or tell of one thing stand in one row and are decided once.</source>
            <translation>Befunde, die sich überlappen, wiederholen oder dasselbe sagen, stehen in einer Zeile und werden einmal entschieden.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Flags that tell of one thing stand in one row and are decided once.</source>
            <translation>Befunde, die dasselbe sagen, stehen in einer Zeile und werden einmal entschieden.</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Flags that were decided are mostly those that were raised: what a detector keeps silent about is not in this diagram, and chosen samples are no fair picture of the library. Spot checks tell what is missed.</source>
            <translation>Beurteilt wird meist, was gemeldet wurde: Was ein Detektor verschweigt, steht nicht in diesem Diagramm, und ausgewählte Proben sind kein getreues Bild der Bibliothek. Stichproben sagen, was übersehen wird.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Flashes allowed in a second</source>
            <translation>Zulässige Blitze pro Sekunde</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Flashing</source>
            <translation>Lichtblitze</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Flat</source>
            <translation>Flach</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Flicker</source>
            <translation>Flackern</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Flip A and B (X)</source>
            <translation>A und B tauschen (X)</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Flip A/B</source>
            <translation>A/B tauschen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Flutter</source>
            <translation>Flattern</translation>
        </message>
        <message>
            <location filename="../../gui/library/folder.py" />
            <location filename="../../gui/library/view.py" />
            <location filename="../../gui/library/word.py" />
            <source>Folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/library/folder.py" />
            <source>Folders</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Folders and titles</source>
            <translation>Ordner und Titel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/catalog/rule_levels.py" />
            <source>For no longer than</source>
            <translation>Für nicht länger als</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>For the whole chain of a broadcast</source>
            <translation>Für die ganze Sendekette</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>For {length} the short-term loudness reaches {highest} LUFS, {highest2} LU above the middle of the title.</source>
            <translation>Für {length} erreicht die Kurzzeit-Lautheit {highest} LUFS, {highest2} LU über der Mitte des Titels.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Foreign</source>
            <translation>Fremd</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Forget in and out.</source>
            <translation>In und Out vergessen.</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Format</source>
            <translation>Format</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Found of those with it</source>
            <translation>Davon gefunden</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Found {by}, correlation {value}</source>
            <translation>Gefunden {by}, Korrelation {value}</translation>
        </message>
        <message>
            <location filename="../../gui/sync/strip.py" />
            <source>Fragments</source>
            <translation>Abschnitte</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Frame action-safe, title-safe and the 4:3 centre.</source>
            <translation>Action-Safe, Title-Safe und die 4:3-Mitte einrahmen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Frame cache</source>
            <translation>Bildspeicher</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Frame is right</source>
            <translation>Bild stimmt</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/annotate/strip.py" />
            <source>Frames</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Frames are missing: time stamps lie {range_ms}.</source>
            <translation>Es fehlen Bilder: Die Zeitstempel liegen {range_ms}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Frames of one colour all over, from a single one on, and colour bars. A cartoon's flat background before anything is drawn on it looks the same; fades and both ends of a title are FYI. Of slates it sees only that a card of one shade with words stands still, which a title card does too, so these are FYI; it neither reads the words nor listens.</source>
            <translation>Bilder in durchgehend einer Farbe, schon ab einem einzigen, und Farbbalken. Der flache Hintergrund eines Zeichentricks, bevor etwas darauf erscheint, sieht gleich aus; Blenden und beide Enden eines Titels sind Infos. Von Klappen wird nur gesehen, dass eine einfarbige Karte mit Schrift stillsteht, was eine Titelkarte auch tut: Das sind Infos; weder werden die Wörter gelesen noch wird zugehört.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Frames repeat or are missing, so that motion jerks.</source>
            <translation>Bilder wiederholen sich oder fehlen, die Bewegung ruckelt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Frames that are dark all over and show nothing. Fades and the black at both ends of a title are FYI. A dark scene with any detail is left alone, unless it comes and goes at once; so is a dark colour.</source>
            <translation>Bilder, die überall dunkel sind und nichts zeigen. Blenden und das Schwarz an beiden Enden eines Titels sind Infos. Eine dunkle Szene mit Zeichnung bleibt unbeachtet, außer sie kommt und geht schlagartig; ebenso eine dunkle Farbe.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Frames that repeat or are missing in the midst of motion, and time stamps out of step. Steady cadences (film in 60 fields, animation on twos, 12 or 15 pictures a second) are left alone; longer holds are freezes. In a scene at rest nothing is seen, and a single missing frame that nothing was held for only in the time stamps.</source>
            <translation>Bilder, die sich mitten in der Bewegung wiederholen oder fehlen, und Zeitstempel aus dem Tritt. Stete Kadenzen (Film in 60 Halbbildern, Animation auf Zweien, 12 oder 15 Bilder pro Sekunde) bleiben unbeachtet; längere Halte sind Standbilder. In einer ruhenden Szene ist nichts zu sehen, und ein einzelnes fehlendes Bild ohne Halt nur an den Zeitstempeln.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Frames that repeat the one before although the scene moves. Title cards after a cut or a fade and scenes without motion are FYI once they last; a live camera never repeats itself exactly.</source>
            <translation>Bilder, die das vorige wiederholen, obwohl sich die Szene bewegt. Titelkarten nach Schnitt oder Blende und Szenen ohne Bewegung sind Infos, sobald sie dauern; eine laufende Kamera wiederholt sich nie genau.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Frames that the large step moves.</source>
            <translation>Um wie viele Bilder der große Schritt geht.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Frames that were due and never shown</source>
            <translation>Bilder, die fällig waren und nie gezeigt wurden</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Freeze</source>
            <translation>Standbild</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>French</source>
            <translation>Französisch</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Frequency</source>
            <translation>Frequenz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Frequency in the bass-effects channel</source>
            <translation>Frequenz im Basseffektkanal</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Frequency in the front</source>
            <translation>Frequenz vorn</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Friday</source>
            <translation>Freitag</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/teach/dialog.py" />
            <location filename="../../gui/training/history.py" />
            <source>From</source>
            <translation>Von</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>From here on viewers begin to notice</source>
            <translation>Ab hier bemerken es Zuschauer</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>From here on viewers begin to object</source>
            <translation>Ab hier stört es Zuschauer</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>From which hour of that day on.</source>
            <translation>Ab welcher Stunde dieses Tages.</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>From {threshold:.2f}</source>
            <translation>Ab {threshold:.2f}</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/player/transport.py" />
            <source>Full screen</source>
            <translation>Vollbild</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Fullrange</source>
            <translation>Vollbereich</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Gain ×{gain}</source>
            <translation>Verstärkung ×{gain}</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/word.py" />
            <source>Gained</source>
            <translation>Hinzugekommen</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Gained and lost</source>
            <translation>Hinzugekommen und verloren</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Gap</source>
            <translation>Lücke</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Gap in time</source>
            <translation>Zeitlücke</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Gap to the next</source>
            <translation>Abstand zum nächsten</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>Gate</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Gathering the licences …</source>
            <translation>Lizenzen werden gesammelt …</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Gaussian</source>
            <translation>Gauß</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>General</source>
            <translation>Allgemein</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>German</source>
            <translation>Deutsch</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Give each detector a lane of its own, also where it found nothing.</source>
            <translation>Jedem Detektor eine eigene Spur geben, auch wenn er nichts gefunden hat.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Give each detector a lane, also where it found nothing.</source>
            <translation>Jedem Detektor eine Spur geben, auch wenn er nichts gefunden hat.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Give the connected region under the pointer the class.</source>
            <translation>Dem zusammenhängenden Gebiet unter dem Zeiger die Klasse geben.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Give the selected action this shortcut too</source>
            <translation>Der gewählten Aktion auch dieses Kürzel geben</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Give up</source>
            <translation>Aufgeben</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>Go back</source>
            <translation>Zurückkehren</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>Go back to the backup of {when}?</source>
            <translation>Zur Sicherung von {when} zurückkehren?</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Go back to this…</source>
            <translation>Dahin zurückkehren …</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Go on after a decision</source>
            <translation>Nach der Entscheidung weitergehen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Go on where it was paused</source>
            <translation>Dort weitermachen, wo pausiert wurde</translation>
        </message>
        <message>
            <location filename="../../gui/tour/bar.py" />
            <source>Go on without trying it</source>
            <translation>Weiter ohne Ausprobieren</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Go to the end</source>
            <translation>Zum Ende gehen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the first frame.</source>
            <translation>Zum ersten Bild gehen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the frame before that is begun or predicted but not done.</source>
            <translation>Zum vorigen Bild gehen, das begonnen oder vorhergesagt, aber nicht fertig ist.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the frame before with a region that the network asks about.</source>
            <translation>Zum vorigen Bild mit einem Gebiet gehen, nach dem das Netz fragt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the last frame.</source>
            <translation>Zum letzten Bild gehen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the next frame that is begun or predicted but not done.</source>
            <translation>Zum nächsten Bild gehen, das begonnen oder vorhergesagt, aber nicht fertig ist.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to the next frame with a region that the network asks about.</source>
            <translation>Zum nächsten Bild mit einem Gebiet gehen, nach dem das Netz fragt.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Go to the start</source>
            <translation>Zum Anfang gehen</translation>
        </message>
        <message>
            <location filename="../../gui/queue/worst.py" />
            <source>Go to the worst frame</source>
            <translation>Zum schlimmsten Bild gehen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go to timecode…</source>
            <translation>Gehe zu Timecode …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Go where the flag is worst.</source>
            <translation>Dorthin gehen, wo der Befund am stärksten ist.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Go where the measured SSIM is lowest (W)</source>
            <translation>Dorthin gehen, wo der gemessene SSIM am niedrigsten ist (W)</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Going back to this would lose no decision.</source>
            <translation>Eine Rückkehr dahin würde keine Entscheidung kosten.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>Going back…</source>
            <translation>Rückkehr läuft …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Good to know.</source>
            <translation>Gut zu wissen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <source>Gradients go in steps of {step} levels over {usual} % of the picture for {length}.</source>
            <translation>Verläufe zeigen Stufen von {step} Werten auf {usual} % des Bildes für {length}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <source>Gradients that go in steps of 3 to 18 levels with nothing between them, as CAMBI looks for. Grain and dither hide banding; flat shapes and outlines are left alone unless they make stairs; coding at low rates makes banding that is not meant either.</source>
            <translation>Verläufe in Stufen von 3 bis 18 Werten ohne Zwischenwerte, wie CAMBI sie sucht. Korn und Dithering verdecken Banding; Farbflächen und Umrisse bleiben unbeachtet, solange sie keine Treppen bilden; auch niedrige Datenraten erzeugen ungewolltes Banding.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Graver from</source>
            <translation>Schwerer ab</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Green</source>
            <translation>Grün</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Grey</source>
            <translation>Grau</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>Grid against the rest</source>
            <translation>Raster gegen den Rest</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <source>Group into incidents</source>
            <translation>Zu Vorfällen gruppieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>Groups of settings</source>
            <translation>Gruppen von Einstellungen</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>HTML report</source>
            <translation>HTML-Bericht</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>Half the step is enough from</source>
            <translation>Die halbe Stufe genügt ab</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Hard</source>
            <translation>Hart</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Have a network learn from what was drawn, predict all frames and ask what teaches most.</source>
            <translation>Ein Netz aus dem Gezeichneten lernen, alle Bilder vorhersagen und nach dem Lehrreichsten fragen lassen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Have the network that sees block corruption look at every frame, not only where something changed. Takes several times as long.</source>
            <translation>Das Netz für Blockfehler jedes Bild ansehen lassen, nicht nur dort, wo sich etwas geändert hat. Dauert um ein Mehrfaches länger.</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Hear channel {name} alone</source>
            <translation>Nur Kanal {name} hören</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Hear clean</source>
            <translation>Sauber hören</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Hear damaged</source>
            <translation>Beschädigt hören</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear it without the defect</source>
            <translation>Ohne den Fehler hören</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear only the defect</source>
            <translation>Nur den Fehler hören</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear sound and picture as they are in the title again.</source>
            <translation>Ton und Bild wieder wie im Titel hören.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear the original</source>
            <translation>Original hören</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear the second</source>
            <translation>Die Sekunde hören</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hear the sound as it is again.</source>
            <translation>Den Ton wieder unverändert hören.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/audition.py" />
            <source>Hearing: {name}{gain}</source>
            <translation>Zu hören: {name}{gain}</translation>
        </message>
        <message>
            <location filename="../../gui/triage/keys.py" />
            <source>Heat</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <location filename="../../gui/player/heat_panel.py" />
            <source>Heat map</source>
            <translation>Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Heat map style</source>
            <translation>Stil der Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Heat map: less</source>
            <translation>Heatmap: weniger</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Heat map: less opaque</source>
            <translation>Heatmap: durchsichtiger</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Heat map: more</source>
            <translation>Heatmap: mehr</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Heat map: more opaque</source>
            <translation>Heatmap: deckender</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Height of the picture</source>
            <translation>Höhe des Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <source>Height of the steps</source>
            <translation>Höhe der Stufen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Height of the waveform in proportion to the sample values, or in decibels.</source>
            <translation>Höhe der Wellenform im Verhältnis zu den Abtastwerten oder in Dezibel.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Held until back by</source>
            <translation>Gilt, bis zurück um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Held while none is judged for</source>
            <translation>Gilt, solange keines beurteilt ist, für</translation>
        </message>
        <message>
            <location filename="../../gui/tour/bar.py" />
            <source>Help › Tour begins it again</source>
            <translation>Hilfe › Rundgang beginnt ihn erneut</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Hevc</source>
            <translation>HEVC</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hide heat map and frames as long as the key is down.</source>
            <translation>Heatmap und Rahmen ausblenden, solange die Taste gedrückt ist.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hide the masks as long as the key is down.</source>
            <translation>Die Masken verbergen, solange die Taste gedrückt ist.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Hide what other reviewers said about a flag until it is decided here.</source>
            <translation>Verbergen, was andere Prüfer zu einem Befund gesagt haben, bis er hier entschieden ist.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hide what others said about a flag until you have decided it.</source>
            <translation>Verbergen, was andere zu einem Befund gesagt haben, bis er entschieden ist.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Highest line at</source>
            <translation>Oberste Zeile bei</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>Highest score</source>
            <translation>Höchste Stärke</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Highest true peak</source>
            <translation>Höchster True Peak</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <location filename="../../core/catalog/rule_hiss.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Hiss</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Hiss: channels (bits)</source>
            <translation>Rauschen: Kanäle (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Hiss: sure from</source>
            <translation>Rauschen: sicher ab</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Hist</source>
            <translation>Hist</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/pane.py" />
            <source>Histogram</source>
            <translation>Histogramm</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>History</source>
            <translation>Verlauf</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold another file against the title: wipe, difference, PSNR and SSIM.</source>
            <translation>Eine andere Datei gegen den Titel halten: Wischblende, Differenz, PSNR und SSIM.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold the sound as proposed</source>
            <translation>Ton wie vorgeschlagen versetzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold the sound earlier by 10 ms while it plays.</source>
            <translation>Den Ton während der Wiedergabe 10 ms früher legen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold the sound earlier by a frame while it plays.</source>
            <translation>Den Ton während der Wiedergabe ein Bild früher legen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold the sound later by 10 ms while it plays.</source>
            <translation>Den Ton während der Wiedergabe 10 ms später legen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Hold the sound later by a frame while it plays.</source>
            <translation>Den Ton während der Wiedergabe ein Bild später legen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Hot or dead pixel</source>
            <translation>Pixelfehler</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Hour of the weekly offer</source>
            <translation>Stunde des wöchentlichen Angebots</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>How far the sound is held</source>
            <translation>Wie weit der Ton versetzt ist</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>How many pieces to ask about</source>
            <translation>Nach wie vielen Stücken gefragt wird</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>How many verdicts about a detector since its last training make an offer.</source>
            <translation>Wie viele Urteile über einen Detektor seit seinem letzten Training zu einem Angebot führen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>How much is played before and after a flag.</source>
            <translation>Wie viel vor und nach einem Befund abgespielt wird.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>How positions are written in the transport and on the axes.</source>
            <translation>Wie Positionen im Transport und an den Achsen geschrieben werden.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <location filename="../../core/catalog/rule_hum.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Hum</source>
            <translation>Brummen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Hum, hiss, distortion and clicks, heard by a network in every second of every channel. What hum, hiss, clicks and clipping already flag is not flagged again. Distorted guitars, vinyl as an effect, rain and applause may be meant as they are.</source>
            <translation>Brummen, Rauschen, Verzerrung und Knackser, von einem Netz in jeder Sekunde jedes Kanals gehört. Was die Detektoren für Brummen, Rauschen, Knackser und Clipping schon melden, wird nicht noch einmal gemeldet. Verzerrte Gitarren, Vinyl als Effekt, Regen und Applaus können so gewollt sein.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Hum: channels (bits)</source>
            <translation>Brummen: Kanäle (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Hum: sure from</source>
            <translation>Brummen: sicher ab</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>ITU-R BT.1359, acceptable</source>
            <translation>ITU-R BT.1359, zumutbar</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>ITU-R BT.1359, detectable</source>
            <translation>ITU-R BT.1359, wahrnehmbar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>ITU-R BT.1702, Ofcom</source>
            <translation>ITU-R BT.1702, Ofcom</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>If nothing is missed in {count} clips, detectors miss something in at most {none:.1%} of all; if in one of ten, the interval reaches {tenth:.1%} to each side.</source>
            <translation>Wird in {count} Clips nichts übersehen, übersehen die Detektoren in höchstens {none:.1%} aller Clips etwas; wenn in einem von zehn, reicht das Intervall je {tenth:.1%} nach beiden Seiten.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Illegal levels</source>
            <translation>Unzulässige Pegel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Import</source>
            <translation>Importieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Import flags</source>
            <translation>Befunde importieren</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Import flags into {name}</source>
            <translation>Befunde in {name} importieren</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>Import masks</source>
            <translation>Masken importieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Import masks…</source>
            <translation>Masken importieren…</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>Imported</source>
            <translation>Importiert</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Imported before</source>
            <translation>Früher importiert</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Import…</source>
            <translation>Importieren …</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>In gold titles</source>
            <translation>In Goldtiteln</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>In review</source>
            <translation>In Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>In sync</source>
            <translation>Synchron</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>In sync as far as a frame of {frame_ms} ms tells: {offset_words}, {percent}.</source>
            <translation>Synchron, soweit ein Bild von {frame_ms} ms es erkennen lässt: {offset_words}, {percent}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>In sync: {offset_words}, {percent}.</source>
            <translation>Synchron: {offset_words}, {percent}.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>In this session: {confirmed} confirmed, {rejected} false positives, {unsure} unsure, {skipped} skipped.</source>
            <translation>In dieser Sitzung: {confirmed} bestätigt, {rejected} Fehlalarme, {unsure} unklar, {skipped} übersprungen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/triage.py" />
            <source>Incidents</source>
            <translation>Vorfälle</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>Inconclusive</source>
            <translation>Unentscheidbar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>Inconclusive: {reason_words}.</source>
            <translation>Unentscheidbar: {reason_words}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Integrated loudness against a target, true peaks and sudden loud stretches, after EBU R128. The default only tells what no delivery would take; set target and tolerance in a profile. Short clips have no integrated loudness; mono is measured as one channel.</source>
            <translation>Integrierte Lautheit gegen ein Ziel, True Peaks und plötzlich laute Abschnitte nach EBU R128. Der Standard meldet nur, was keine Abnahme durchgehen ließe; Ziel und Toleranz im Profil setzen. Kurze Clips haben keine integrierte Lautheit; Mono wird als ein Kanal gemessen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Interlace</source>
            <translation>Zeilensprung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Interlace left in a progressive picture: moving edges look like combs; and fields in the wrong order, so that motion jerks back and forth. Seen in motion only.</source>
            <translation>Zeilensprung in einem progressiven Bild: Bewegte Kanten sehen aus wie Kämme; und Halbbilder in falscher Reihenfolge, sodass Bewegung vor- und zurückruckt. Nur in Bewegung sichtbar.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Interlace lines are left in a progressive picture.</source>
            <translation>In einem progressiven Bild sind Zeilensprung-Linien übrig.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Intersample</source>
            <translation>Zwischen Abtastwerten</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Inverted</source>
            <translation>Verpolt</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>Issue</source>
            <translation>Mangel</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>It arrives and is analysed.</source>
            <translation>Er kommt an und wird analysiert.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>It arrives faster than it is analysed.</source>
            <translation>Er kommt schneller an, als er analysiert wird.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>It cannot be accepted here, because it is worse somewhere. Refuse it, decide more flags and train again.</source>
            <translation>Es lässt sich hier nicht annehmen, weil es irgendwo schlechter ist. Lehnen Sie es ab, beurteilen Sie mehr Befunde und trainieren Sie erneut.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>It cannot be better.</source>
            <translation>Besser geht es nicht.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>It is being opened.</source>
            <translation>Er wird geöffnet.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>It is better where it should be and no worse elsewhere.</source>
            <translation>Es ist besser, wo es soll, und nirgends schlechter.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>It is meant so.</source>
            <translation>So ist es gemeint.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>It is not better here: {places}.</source>
            <translation>Hier ist es nicht besser: {places}.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>It is worse here: {places}.</source>
            <translation>Hier ist es schlechter: {places}.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Its flags go; verdicts on them stay</source>
            <translation>Ihre Befunde verschwinden; Urteile darüber bleiben</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Its monitor gives no sign of life; nobody knows how it is.</source>
            <translation>Seine Überwachung gibt kein Lebenszeichen; niemand weiß, wie es um ihn steht.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Its text is among those of {name}.</source>
            <translation>Ihr Text steht bei {name}.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>JSON</source>
            <translation>JSON</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>JSON, or an edit list (.edl)</source>
            <translation>JSON oder eine Schnittliste (.edl)</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Japanese</source>
            <translation>Japanisch</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/desk/job.py" />
            <source>Jobs</source>
            <translation>Aufträge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <location filename="../../core/catalog/rule_av_drift.py" />
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <location filename="../../core/catalog/rule_blockiness.py" />
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <location filename="../../core/catalog/rule_channel.py" />
            <location filename="../../core/catalog/rule_clicks.py" />
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_decode_error.py" />
            <location filename="../../core/catalog/rule_hiss.py" />
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <location filename="../../core/catalog/rule_letterbox.py" />
            <location filename="../../core/catalog/rule_levels.py" />
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Joined over</source>
            <translation>Zusammengefasst über</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>Joined when no farther</source>
            <translation>Zusammengefasst, wenn nicht weiter als</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>Jump back</source>
            <translation>Rücksprung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>Jump back from</source>
            <translation>Rücksprung ab</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Keep classes</source>
            <translation>Klassen behalten</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>Keep it</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Keep the weights in use; this candidate is not offered again</source>
            <translation>Die benutzten Gewichte behalten; dieser Kandidat wird nicht mehr angeboten</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/word.py" />
            <source>Kept</source>
            <translation>Behalten</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Kept for your decision</source>
            <translation>Für die Entscheidung vorgemerkt</translation>
        </message>
        <message>
            <location filename="../../gui/triage/keys.py" />
            <source>Keys</source>
            <translation>Tasten</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Labels with their bands.</source>
            <translation>Textmarken mit ihren Frequenzbändern.</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane_view.py" />
            <source>Lanes of findings</source>
            <translation>Spuren der Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Lanes without flags</source>
            <translation>Spuren ohne Befunde</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Language of the desk; System follows the desktop. Takes effect at the next start.</source>
            <translation>Sprache des Prüfplatzes; System folgt dem Schreibtisch. Wirkt ab dem nächsten Start.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Large step</source>
            <translation>Großer Schritt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Larger brush</source>
            <translation>Größerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Largest sample</source>
            <translation>Größter Abtastwert</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Largest spread of a flat picture</source>
            <translation>Größter Umfang eines flachen Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Largest spread of brightness</source>
            <translation>Größter Helligkeitsumfang</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Last flag</source>
            <translation>Letzter Befund</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Late</source>
            <translation>Zu spät</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Late from</source>
            <translation>Zu spät ab</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>Later</source>
            <translation>Später</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Lay the masks of a file over those there are: COCO, CVAT, PNG, a video.</source>
            <translation>Die Masken einer Datei über die vorhandenen legen: COCO, CVAT, PNG, ein Video.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Learn from all verdicts there are now</source>
            <translation>Aus allen jetzigen Urteilen lernen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Learning</source>
            <translation>Lernen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>Least sure</source>
            <translation>Unsicherstes zuerst</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/desk/leave.py" />
            <location filename="../../gui/triage/keys.py" />
            <source>Leave</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Leave full screen</source>
            <translation>Vollbild verlassen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Leave it without shortcut</source>
            <translation>Ohne Tastenkürzel lassen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Leave out gaps, starts and the like</source>
            <translation>Lücken, Starts und dergleichen weglassen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Leave; every verdict is stored already.</source>
            <translation>Beenden; jedes Urteil ist bereits gespeichert.</translation>
        </message>
        <message>
            <location filename="../../gui/triage/preview.py" />
            <source>Left alone: decided already</source>
            <translation>Unberührt: schon entschieden</translation>
        </message>
        <message>
            <location filename="../../gui/triage/preview.py" />
            <source>Left alone: decided so already</source>
            <translation>Unberührt: schon so entschieden</translation>
        </message>
        <message>
            <location filename="../../gui/triage/preview.py" />
            <source>Left alone: marked by a person</source>
            <translation>Unberührt: von einem Menschen markiert</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Left and right are the same all along: the stream is mono in stereo.</source>
            <translation>Links und rechts sind durchgehend gleich: Der Strom ist Mono in Stereo.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Left and right are the same for {length} within stereo, and the sound goes on at both ends.</source>
            <translation>Links und rechts sind für {length} innerhalb von Stereo gleich, und an beiden Enden geht der Ton weiter.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Left and right of {pairs} work against each other for {length}: correlation {mean}, so that {lost_db} dB are lost in mono.</source>
            <translation>Links und rechts arbeiten beim {pairs} gegeneinander für {length}: Korrelation {mean}, sodass in Mono {lost_db} dB verloren gehen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Left comes later by</source>
            <translation>Links kommt später um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Left edge of the combed region</source>
            <translation>Linke Kante des Kammbereichs</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Left end at</source>
            <translation>Linkes Ende bei</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Legend of the heat map</source>
            <translation>Legende der Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Length</source>
            <translation>Länge</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Length of a clip</source>
            <translation>Länge eines Clips</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Less and more with − and +</source>
            <translation>Weniger und mehr mit − und +</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Let more of the picture through.</source>
            <translation>Mehr vom Bild durchlassen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Letterbox</source>
            <translation>Letterbox</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Level</source>
            <translation>Pegel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Level after it against before</source>
            <translation>Pegel danach gegen davor</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Level jump</source>
            <translation>Pegelsprung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/meter.py" />
            <source>Level meters</source>
            <translation>Pegelmesser</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Level of the hum</source>
            <translation>Pegel des Brummens</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Level of the louder channel</source>
            <translation>Pegel des lauteren Kanals</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Level of the loudest channel</source>
            <translation>Pegel des lautesten Kanals</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Level of the quieter one</source>
            <translation>Pegel des leiseren</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Library</source>
            <translation>Bibliothek</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Licence</source>
            <translation>Lizenz</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>Licences</source>
            <translation>Lizenzen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Light</source>
            <translation>Hell</translation>
        </message>
        <message>
            <location filename="../../core/models/light_ear.py" />
            <location filename="../../core/models/lip_body.py" />
            <location filename="../../core/models/lip_sync.py" />
            <source>Light-ASD's weights cannot be read.</source>
            <translation>Die Gewichte von Light-ASD lassen sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Likeliest (0 none, then in this order)</source>
            <translation>Wahrscheinlichstes (0 keines, dann in dieser Reihenfolge)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Likeness to the look before</source>
            <translation>Ähnlichkeit mit dem Blick davor</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Line dropout</source>
            <translation>Zeilenausfall</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Linear</source>
            <translation>Linear</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Linear frequency</source>
            <translation>Frequenz linear</translation>
        </message>
        <message>
            <location filename="../../gui/panes/waveform.py" />
            <source>Linear scale</source>
            <translation>Skala linear</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Lines</source>
            <translation>Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Lines lost</source>
            <translation>Verlorene Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Lines repeat the line above, in {over}</source>
            <translation>Zeilen wiederholen die Zeile darüber, in {over}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Lines repeated</source>
            <translation>Wiederholte Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Lines stand out by</source>
            <translation>Zeilen heben sich ab um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Lines that stand out</source>
            <translation>Linien, die sich abheben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <location filename="../../gui/actions" />
            <location filename="../../gui/sync/bar.py" />
            <source>Lip sync</source>
            <translation>Lippensynchronität</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>Lip sync at the playhead</source>
            <translation>Lippensynchronität an der Abspielposition</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Lip sync over the picture</source>
            <translation>Lippensynchronität über dem Bild</translation>
        </message>
        <message>
            <location filename="../../gui/sync/strip.py" />
            <source>Lip sync. Low bar: in sync. Full bar: out of sync. Dotted: inconclusive. Hatched: not analysed.</source>
            <translation>Lippensynchronität. Niedriger Balken: synchron. Voller Balken: nicht synchron. Gepunktet: unentscheidbar. Schraffiert: nicht analysiert.</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>Lip sync: not analysed here</source>
            <translation>Lippensynchronität: hier nicht analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>List all titles of the store, or go back to the open one.</source>
            <translation>Alle Titel der Datenbank auflisten oder zum geöffneten zurückkehren.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>List the media files of a folder.</source>
            <translation>Die Mediendateien eines Ordners auflisten.</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Listen</source>
            <translation>Hören</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Listen: {text}</source>
            <translation>Hören: {text}</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Lists of flags</source>
            <translation>Listen von Befunden</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Live</source>
            <translation>Live</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Local change taken for none</source>
            <translation>Örtliche Änderung, die als keine gilt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Local change that counts as none</source>
            <translation>Örtliche Änderung, die als keine gilt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Local motion before and after a hold</source>
            <translation>Örtliche Bewegung vor und nach einem Halt</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Locators for Avid and others.</source>
            <translation>Locator für Avid und andere.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Logarithmic</source>
            <translation>Logarithmisch</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Logarithmic frequency</source>
            <translation>Frequenz logarithmisch</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Long</source>
            <translation>Lang</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Longer holds are freezes</source>
            <translation>Längere Halte sind Standbilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <source>Longest flat top</source>
            <translation>Längste flache Spitze</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Longest line</source>
            <translation>Längste Zeile</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Longest line, Chinese, Japanese and Korean</source>
            <translation>Längste Zeile, Chinesisch, Japanisch und Koreanisch</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Longest overlap</source>
            <translation>Längste Überlappung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Longest time on screen</source>
            <translation>Längste Standzeit</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Look at</source>
            <translation>Stelle</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Look at clips</source>
            <translation>Clips ansehen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Look at clips drawn at random, and learn what detectors miss.</source>
            <translation>Zufällig gezogene Clips ansehen und erfahren, was Detektoren übersehen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Look at every frame</source>
            <translation>Jedes Bild ansehen</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Look at the library</source>
            <translation>Bibliothek ansehen</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Look at what changes on the library before you accept. Old flags keep their stamp.</source>
            <translation>Sehen Sie sich vor dem Annehmen an, was sich in der Bibliothek ändert. Alte Befunde behalten ihren Stempel.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Look for files that are not where they were, by their content.</source>
            <translation>Dateien, die nicht mehr an ihrem Ort sind, an ihrem Inhalt wiederfinden.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Look for it in the first minute of both files</source>
            <translation>In der ersten Minute beider Dateien danach suchen</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>Look for the files of all titles that are not where they were.</source>
            <translation>Die Dateien aller Titel suchen, die nicht mehr an ihrem Ort sind.</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>Look in a folder…</source>
            <translation>In einem Ordner suchen …</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Look into no more files; what was added stays</source>
            <translation>Keine weiteren Dateien durchsehen; Hinzugefügtes bleibt</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Looked at</source>
            <translation>Angesehen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Looked for the way back within</source>
            <translation>Rückweg gesucht innerhalb von</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>Looked into {done} of {total} files</source>
            <translation>{done} von {total} Dateien durchgesehen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/compare.py" />
            <source>Looking for the offset in the first minute …</source>
            <translation>Der Versatz wird in der ersten Minute gesucht …</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>Looking for undecided flags …</source>
            <translation>Unentschiedene Befunde werden gesucht …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>Looking into {folder}…</source>
            <translation>{folder} wird durchgesehen …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Looks with motion between</source>
            <translation>Blicke mit Bewegung dazwischen</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Loop</source>
            <translation>Schleife</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <source>Loop around the flag</source>
            <translation>Befund wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Loop the marked stretch or the flag</source>
            <translation>Den markierten Abschnitt oder den Befund wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Loop the second</source>
            <translation>Die Sekunde wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <location filename="../../gui/training/word.py" />
            <source>Loss</source>
            <translation>Verlust</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/word.py" />
            <source>Lost</source>
            <translation>Verloren</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Loud</source>
            <translation>Laut</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Loud and quiet moments differ by</source>
            <translation>Abweichung lauter und leiser Momente</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Loudest near it</source>
            <translation>Lautestes in der Nähe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Loudness</source>
            <translation>Lautheit</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/strip.py" />
            <source>Low bar: predicted. Middle bar: begun. Full bar: done. Hatched: nobody looked. Triangle: asked about. Curve: how unsure the network is.</source>
            <translation>Niedriger Balken: vorhergesagt. Mittlerer Balken: begonnen. Voller Balken: fertig. Schraffiert: niemand hat hingesehen. Dreieck: gefragt. Kurve: wie unsicher das Netz ist.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Lower end at</source>
            <translation>Unteres Ende bei</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Lower field</source>
            <translation>Unteres Halbbild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Lower the threshold.</source>
            <translation>Die Schwelle senken.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Lowest line at</source>
            <translation>Unterste Zeile bei</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Lowrate</source>
            <translation>Niedrige Datenrate</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Luma and chroma codes beyond EBU R103 in more than 1 % of the picture. A few codes of overshoot from coding are forgiven, a stream that declares full range may use them all, and saturated colours out of the RGB gamut are FYI. Whether full range was declared by mistake shows only where the picture has deep blacks and bright whites.</source>
            <translation>Luma- und Chroma-Werte jenseits von EBU R103 in mehr als 1 % des Bildes. Geringes Überschwingen durch Kodierung wird verziehen, ein Strom mit angegebenem Vollbereich darf alle Werte nutzen, und gesättigte Farben außerhalb des RGB-Raums sind Infos. Ob Vollbereich versehentlich angegeben wurde, zeigt sich nur bei tiefem Schwarz und hellem Weiß.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Luma below 5</source>
            <translation>Luma unter 5</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Luma leaves the nominal 16–235 in {share} % of the picture</source>
            <translation>Luma verlässt in {share} % des Bildes den Nennbereich 16–235</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Luma or chroma leaves the permitted range.</source>
            <translation>Luma oder Chroma verlässt den zulässigen Bereich.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Luma outside 16–235</source>
            <translation>Luma außerhalb 16–235</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Luma outside 5–246</source>
            <translation>Luma außerhalb 5–246</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/pane.py" />
            <source>Luma waveform</source>
            <translation>Luma-Wellenform</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Luminance</source>
            <translation>Leuchtdichte</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>MB</source>
            <translation>MB</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>MP4, without loss (*.mp4)</source>
            <translation>MP4, verlustfrei (*.mp4)</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Made</source>
            <translation>Entstanden</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Magenta</source>
            <translation>Magenta</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Make masks</source>
            <translation>Masken anlegen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Make the connected region under the pointer background.</source>
            <translation>Das zusammenhängende Gebiet unter dem Zeiger zu Hintergrund machen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Make the flag undecided again.</source>
            <translation>Den Befund wieder öffnen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Manual</source>
            <translation>Handbuch</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>Manual check</source>
            <translation>Manuelle Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrum.py" />
            <source>Mark a stretch, select a flag of the sound, or put the playhead somewhere</source>
            <translation>Einen Abschnitt markieren, einen Tonbefund auswählen oder die Abspielposition setzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Mark in</source>
            <translation>In setzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Mark out</source>
            <translation>Out setzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Mark the flag's span</source>
            <translation>Bereich des Befunds markieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Mark where the flag is.</source>
            <translation>Markieren, wo der Befund liegt.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Markers for Premiere and Resolve.</source>
            <translation>Marker für Premiere und Resolve.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>Markers for what reads OpenTimelineIO.</source>
            <translation>Marker für alles, was OpenTimelineIO liest.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Markup</source>
            <translation>Auszeichnung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Markup that shows</source>
            <translation>Sichtbare Auszeichnung</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>Mask {number} of frame {pts} in project {project} is damaged ({error}).</source>
            <translation>Maske {number} von Bild {pts} im Projekt {project} ist beschädigt ({error}).</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Masks</source>
            <translation>Masken</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/file.py" />
            <source>Masks cannot be written as a video; choose coco, cvat or png.</source>
            <translation>Masken lassen sich nicht als Video schreiben; wählen Sie coco, cvat oder png.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Masks may be drawn with it, so it stays.</source>
            <translation>Vielleicht sind Masken damit gezeichnet, darum bleibt sie.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/strip.py" />
            <source>Masks of frames</source>
            <translation>Masken der Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Masks of this title</source>
            <translation>Masken dieses Titels</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Masks workspace</source>
            <translation>Arbeitsplatz für Masken</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>Masks: COCO, CVAT, index of PNGs, video</source>
            <translation>Masken: COCO, CVAT, Verzeichnis von PNGs, Video</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Masks: less opaque</source>
            <translation>Masken: durchsichtiger</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Masks: more opaque</source>
            <translation>Masken: deckender</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>Matroska, without loss (*.mkv)</source>
            <translation>Matroska, verlustfrei (*.mkv)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Mean Cb of a flat picture</source>
            <translation>Mittleres Cb eines flachen Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Mean Cr of a flat picture</source>
            <translation>Mittleres Cr eines flachen Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Mean brightness</source>
            <translation>Mittlere Helligkeit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Mean luminance</source>
            <translation>Mittlere Leuchtdichte</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Measure PSNR and SSIM</source>
            <translation>PSNR und SSIM messen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Measure only from in to out.</source>
            <translation>Nur von In bis Out messen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Measure the title again with the detectors of the profile.</source>
            <translation>Den Titel mit den Detektoren des Profils neu messen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Measure where it may matter with the candidate, in short</source>
            <translation>Mit dem Kandidaten messen, wo es darauf ankommen kann, in Kürze</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>Measure with {before} again instead of {now}? Flags and verdicts stay as they are; {now} stays in the history.</source>
            <translation>Wieder mit {before} statt mit {now} messen? Befunde und Urteile bleiben, wie sie sind; {now} bleibt im Verlauf.</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Measure with {name} again, after a question</source>
            <translation>Nach einer Rückfrage wieder mit {name} messen</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>Measurement {number} of {detector} in run {run} is damaged ({error}).</source>
            <translation>Messung {number} von {detector} in der Analyse {run} ist beschädigt ({error}).</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Memory for decoded frames, which makes steps and loops quick.</source>
            <translation>Speicher für dekodierte Bilder; er macht Schritte und Schleifen schnell.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <source>Message</source>
            <translation>Meldung</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Metric</source>
            <translation>Messgröße</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <source>Metric curve</source>
            <translation>Messkurve</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Metrics</source>
            <translation>Messkurve</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Misread</source>
            <translation>Falsch gelesen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Misread characters</source>
            <translation>Falsch gelesene Zeichen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Missed</source>
            <translation>Übersehen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>Missed defect</source>
            <translation>Übersehener Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Missed defect…</source>
            <translation>Übersehener Fehler …</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Missed…</source>
            <translation>Melden …</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Missing</source>
            <translation>Fehlend</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Missing below</source>
            <translation>Fehlt unter</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Missing captions</source>
            <translation>Fehlende Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Missing from</source>
            <translation>Fehlt ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Missing time stamps</source>
            <translation>Fehlende Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Momentary loudness (400 ms)</source>
            <translation>Momentane Lautheit (400 ms)</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Monday</source>
            <translation>Montag</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>More than three flashes a second of light or of saturated red over a quarter of the picture, as a screen of 200 cd/m² would show them. Strobes on a stage flash indeed and are told. It warns; it is no certification and does not replace a certified tester.</source>
            <translation>Mehr als drei Blitze pro Sekunde in Licht oder gesättigtem Rot auf einem Viertel des Bildes, wie ein Schirm mit 200 cd/m² sie zeigen würde. Stroboskope auf einer Bühne blitzen wirklich und werden gemeldet. Das ist eine Warnung, kein Zertifikat, und ersetzt kein zertifiziertes Prüfgerät.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Most common shade</source>
            <translation>Häufigster Farbton</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Most lines</source>
            <translation>Meiste Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>Most severe</source>
            <translation>Schwerstes zuerst</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>Most useful</source>
            <translation>Nützlichstes zuerst</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Motion</source>
            <translation>Bewegung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Motion around it that makes it a freeze</source>
            <translation>Bewegung ringsum, ab der es ein Standbild ist</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Motion jerks back and forth {jerks} times within {length}, as when fields are shown in the wrong order.</source>
            <translation>Die Bewegung ruckt {jerks}-mal innerhalb von {length} vor und zurück, wie bei Halbbildern in falscher Reihenfolge.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Move the sound by the offset that was found here.</source>
            <translation>Den Ton um den hier gefundenen Versatz verschieben.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Moving share of the picture</source>
            <translation>Bewegter Anteil des Bildes</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Mpeg2</source>
            <translation>MPEG-2</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Must be fixed.</source>
            <translation>Muss behoben werden.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Mute</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Mute channel {name}</source>
            <translation>Kanal {name} stummschalten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Muted while peaks stay below, with abrupt edges</source>
            <translation>Stumm, solange die Spitzen unter diesem Wert bleiben, mit abrupten Kanten</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/spot/dialog.py" />
            <location filename="../../gui/wall/word.py" />
            <source>Name</source>
            <translation>Name</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Name a file.</source>
            <translation>Bitte eine Datei angeben.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Name at least one class.</source>
            <translation>Nennen Sie mindestens eine Klasse.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Name of a new profile</source>
            <translation>Name eines neuen Profils</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Name of class {number}</source>
            <translation>Name der Klasse {number}</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Name of the class</source>
            <translation>Name der Klasse</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Name of the masks</source>
            <translation>Name der Masken</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Name written into each verdict; empty means the name of the system's user.</source>
            <translation>Name, der in jedes Urteil geschrieben wird; leer heißt: der Benutzername des Systems.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Netflix timed text style guide</source>
            <translation>Netflix Timed Text Style Guide</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Never</source>
            <translation>Nie</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>New masks</source>
            <translation>Neue Masken</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>New masks…</source>
            <translation>Neue Masken…</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>New shortcut</source>
            <translation>Neues Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>New…</source>
            <translation>Neu…</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Next asked</source>
            <translation>Nächste Frage</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next class</source>
            <translation>Nächste Klasse</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next field view</source>
            <translation>Nächste Halbbildansicht</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next flag</source>
            <translation>Nächster Befund</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next frame</source>
            <translation>Nächstes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next frame that is asked about</source>
            <translation>Nächstes gefragtes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next frame to finish</source>
            <translation>Nächstes offenes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next order of the queue</source>
            <translation>Nächste Reihenfolge der Liste</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next size of pieces</source>
            <translation>Nächste Größe der Stücke</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next title to review</source>
            <translation>Nächster Titel zur Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Next to review</source>
            <translation>Nächster zur Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Next undecided flag</source>
            <translation>Nächster offener Befund</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>No analysis was made by other weights than those in use.</source>
            <translation>Keine Analyse entstand mit anderen Gewichten als den benutzten.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>No caption lies where “{defect}” shall be.</source>
            <translation>Wo „{defect}“ sein soll, liegt kein Untertitel.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>No caption starts in this stretch.</source>
            <translation>In diesem Abschnitt beginnt kein Untertitel.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>No channel fits. Press Escape to show all channels again.</source>
            <translation>Kein Kanal passt. Escape zeigt wieder alle Kanäle.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>No channel is watched yet. This starts one, in a terminal:

{command}

Here it shows how each stands and what was found.</source>
            <translation>Noch wird kein Kanal überwacht. Dies beginnt es, in einem Terminal:

{command}

Hier steht dann, wie es um jeden steht und was gefunden wurde.</translation>
        </message>
        <message>
            <location filename="../../core/media/audition.py" />
            <source>No clicks were found in this stretch that could be set apart.</source>
            <translation>In diesem Abschnitt wurden keine Knackser gefunden, die sich trennen ließen.</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>No detector answers it: {reason}</source>
            <translation>Kein Detektor findet ihn: {reason}</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>No flag is undecided. Analyse titles first.</source>
            <translation>Kein Befund ist unentschieden. Zuerst Titel analysieren.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/teach.py" />
            <source>No flag of this detector is undecided; analyse more titles first.</source>
            <translation>Kein Befund dieses Detektors ist unentschieden; zuerst mehr Titel analysieren.</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>No flag of this detector was decided yet</source>
            <translation>Noch kein Befund dieses Detektors wurde beurteilt</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>No flag selected</source>
            <translation>Kein Befund gewählt</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>No flag that chance drew is answered yet, so nothing is known of the rest.</source>
            <translation>Noch ist kein vom Zufall gezogener Befund beantwortet; über die übrigen ist darum nichts bekannt.</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/timeline/fold.py" />
            <location filename="../../gui/triage/panel.py" />
            <source>No flags</source>
            <translation>Keine Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>No flags yet</source>
            <translation>Noch keine Befunde</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>No flat tops.</source>
            <translation>Keine flachen Spitzen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>No frame is begun or predicted and not done.</source>
            <translation>Kein Bild ist begonnen oder vorhergesagt und nicht fertig.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>No gaps</source>
            <translation>Keine Lücken</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>No line of the mains stands out by itself.</source>
            <translation>Keine Linie des Stromnetzes hebt sich für sich allein ab.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/sync.py" />
            <source>No offset was found here</source>
            <translation>Hier wurde kein Versatz gefunden</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>No offset was found: the beginnings of the files are not alike enough</source>
            <translation>Kein Versatz gefunden: Die Anfänge der Dateien sind sich nicht ähnlich genug</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>No other thresholds of {title} do better on {wanted} verdicts.</source>
            <translation>Keine anderen Schwellen von {title} schneiden bei {wanted} Urteilen besser ab.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>No other title waits for review</source>
            <translation>Kein anderer Titel wartet auf Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>No part has these words.</source>
            <translation>Diese Wörter kommen in keinem Bestandteil vor.</translation>
        </message>
        <message>
            <location filename="../../gui/player/picture.py" />
            <location filename="../../gui/timeline/thumbnail_pane.py" />
            <source>No picture in this title</source>
            <translation>Dieser Titel hat kein Bild</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>No picture of stream {index} could be decoded at its start.</source>
            <translation>Vom Strom {index} ließ sich am Anfang kein Bild dekodieren.</translation>
        </message>
        <message>
            <location filename="../../core/media/reader.py" />
            <source>No picture of {name} can be decoded.</source>
            <translation>Kein Bild von {name} lässt sich dekodieren.</translation>
        </message>
        <message>
            <location filename="../../core/reports/gather.py" />
            <source>No reviewer named {reviewer} is in this store.</source>
            <translation>In dieser Datenbank gibt es keinen Prüfer namens {reviewer}.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/strip.py" />
            <source>No round yet: nothing is predicted</source>
            <translation>Noch keine Runde: nichts ist vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>No single click stands out.</source>
            <translation>Kein einzelner Knackser hebt sich ab.</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/meter.py" />
            <source>No sound</source>
            <translation>Kein Ton</translation>
        </message>
        <message>
            <location filename="../../gui/player/audio_out.py" />
            <source>No sound device was found, so there is no sound and playback follows the system clock.</source>
            <translation>Kein Tongerät gefunden: Es gibt keinen Ton, und die Wiedergabe folgt dem Systemtakt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>No sound for {length} ({words}){where}.</source>
            <translation>Kein Ton für {length} ({words}){where}.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>No sound lies where “{defect}” shall be.</source>
            <translation>Wo „{defect}“ sein soll, liegt kein Ton.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>No span says where “{defect}” shall be.</source>
            <translation>Keine Spanne sagt, wo „{defect}“ sein soll.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>No title</source>
            <translation>Kein Titel</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>No title fits. Press Escape to show all titles again.</source>
            <translation>Kein Titel passt. Esc drücken, um wieder alle zu zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>No title has two finished analyses to compare</source>
            <translation>Kein Titel hat zwei abgeschlossene Analysen zum Vergleichen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>No two people have decided about the same flag yet.</source>
            <translation>Noch haben keine zwei Menschen über denselben Befund entschieden.</translation>
        </message>
        <message>
            <location filename="../../core/media/audition.py" />
            <source>No {names} was found in this stretch that could be set apart.</source>
            <translation>In diesem Abschnitt wurde kein {names} gefunden, das sich trennen ließe.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spot.py" />
            <source>Nobody has looked at a clip of an analysed title yet.</source>
            <translation>Noch hat niemand einen Clip eines analysierten Titels angesehen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>Nobody has looked yet.</source>
            <translation>Noch niemand hat nachgesehen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Nobody would notice.</source>
            <translation>Das fiele niemandem auf.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Noise</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Noise floor above 4 kHz</source>
            <translation>Grundrauschen über 4 kHz</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Noise-floor</source>
            <translation>Grundrauschen</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/course.py" />
            <source>None of the judged titles is kept for the gate yet, so what people judged was measured on titles that were learned from.</source>
            <translation>Noch ist keiner der beurteilten Titel der Prüfung vorbehalten; was beurteilt wurde, ist deshalb an Titeln gemessen, aus denen gelernt wurde.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>None of these verdicts lies in a gold title, one of five. The gate will go by simulated and shipped tests alone.</source>
            <translation>Keines dieser Urteile liegt in einem Goldtitel, einem von fünf. Die Prüfung stützt sich allein auf simulierte und mitgelieferte Tests.</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Not analysed</source>
            <translation>Nicht analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <source>Not analysed yet</source>
            <translation>Noch nicht analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Not at work: {detectors}</source>
            <translation>Nicht bei der Arbeit: {detectors}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Not judged because (0 judged)</source>
            <translation>Nicht beurteilt, weil (0 beurteilt)</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Not known what is analysed</source>
            <translation>Unbekannt, was analysiert wird</translation>
        </message>
        <message>
            <location filename="../../gui/desk/wall.py" />
            <source>Not read since {time}: {reason}</source>
            <translation>Nicht gelesen seit {time}: {reason}</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Not visible</source>
            <translation>Unsichtbar</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/queue/model.py" />
            <source>Note</source>
            <translation>Anmerkung</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Nothing changes here.</source>
            <translation>Hier ändert sich nichts.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Nothing found yet</source>
            <translation>Noch nichts gefunden</translation>
        </message>
        <message>
            <location filename="../../gui/desk/manual.py" />
            <source>Nothing here opens the manual; it is {path}.</source>
            <translation>Nichts hier öffnet das Handbuch; es ist {path}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Nothing in the whole title is sharper than {sharpest} pixels: it was scaled up, or it is soft by choice.</source>
            <translation>Nichts im ganzen Titel ist schärfer als {sharpest} Pixel: Er wurde hochskaliert oder ist gewollt weich.</translation>
        </message>
        <message>
            <location filename="../../core/media/decode_pass.py" />
            <source>Nothing in {name} can be decoded.</source>
            <translation>Nichts in {name} lässt sich dekodieren.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_round.py" />
            <source>Nothing is asked; start a round.</source>
            <translation>Nichts ist gefragt; starten Sie eine Runde.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Nothing is disputed.</source>
            <translation>Nichts ist strittig.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Nothing is wrong.</source>
            <translation>Hier ist nichts falsch.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Nothing looked at yet</source>
            <translation>Noch nichts angesehen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/sound_coding.py" />
            <source>Nothing of the sound is left after coding it as {codec}.</source>
            <translation>Nach dem Kodieren als {codec} bleibt vom Ton nichts übrig.</translation>
        </message>
        <message>
            <location filename="../../core/review/mask.py" />
            <location filename="../../gui/desk/annotate_round.py" />
            <source>Nothing of this frame is asked about.</source>
            <translation>In diesem Bild ist nichts gefragt.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Nothing received yet</source>
            <translation>Noch nichts empfangen</translation>
        </message>
        <message>
            <location filename="../../gui/compare/view.py" />
            <source>Nothing to show at this time</source>
            <translation>Zu dieser Zeit gibt es nichts zu zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Nothing was accepted that could be taken back</source>
            <translation>Nichts wurde angenommen, das sich zurücknehmen ließe</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Nothing was decided about this detector yet, so there is nothing to learn from.</source>
            <translation>Über diesen Detektor wurde noch nichts entschieden, also gibt es nichts zu lernen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Nothing was decided since the last training; another one would learn the same.</source>
            <translation>Seit dem letzten Training wurde nichts entschieden; ein weiteres lernte dasselbe.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/hand.py" />
            <source>Nothing was predicted here that nobody has decided.</source>
            <translation>Hier ist nichts vorhergesagt, was nicht schon jemand entschieden hat.</translation>
        </message>
        <message>
            <location filename="../../gui/training/curve.py" />
            <source>Nothing was trained yet</source>
            <translation>Noch nichts wurde trainiert</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Now</source>
            <translation>Jetzt</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Number of channels</source>
            <translation>Anzahl der Kanäle</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Number of flags</source>
            <translation>Anzahl der Befunde</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Number of titles</source>
            <translation>Anzahl der Titel</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/spot.py" />
            <source>Of %n clips of analysed titles that somebody looked at</source>
            <translation>
                <numerusform>Von %n angesehenen Clip analysierter Titel</numerusform>
                <numerusform>Von %n angesehenen Clips analysierter Titel</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Of a polygon that is begun.</source>
            <translation>Eines begonnenen Vielecks.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>Of the flags that chance drew in all sessions, {hits} of {count} are real: between {low:.0%} and {high:.0%} of the flags that were undecided then (95 %). The others were chosen because they are hard and say nothing about the rest.</source>
            <translation>Von den Befunden, die der Zufall in allen Sitzungen zog, sind {hits} von {count} echt: zwischen {low:.0%} und {high:.0%} der damals unentschiedenen Befunde (95 %). Die anderen wurden gewählt, weil sie schwierig sind, und sagen nichts über die übrigen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Of {confirmed} confirmed and missed stretches {found_before} are found now and {found_after} then; of {rejected} rejected ones {raised_before} are raised now and {raised_after} then.</source>
            <translation>Von {confirmed} bestätigten und übersehenen Stellen werden jetzt {found_before} und dann {found_after} gefunden; von {rejected} verworfenen jetzt {raised_before} und dann {raised_after} gemeldet.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Offer a training</source>
            <translation>Training anbieten</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Offset</source>
            <translation>Versatz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Offset (early above 0)</source>
            <translation>Versatz (zu früh über 0)</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Offset of B in milliseconds</source>
            <translation>Versatz von B in Millisekunden</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>On what</source>
            <translation>Woran</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>On which day of the week a training is offered.</source>
            <translation>An welchem Wochentag ein Training angeboten wird.</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>One after the other, in the background; verdicts stay</source>
            <translation>Einen nach dem anderen, im Hintergrund; Urteile bleiben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>One alone counts from</source>
            <translation>Ein einzelner zählt ab</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>One at a time</source>
            <translation>Einzeln</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>One cue a flag, for players.</source>
            <translation>Ein Untertitel je Befund, für Player.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>One entry is too large for the store.</source>
            <translation>Ein Eintrag ist zu groß für die Datenbank.</translation>
        </message>
        <message>
            <location filename="../../gui/sync/tolerance.py" />
            <source>One frame at 25 a second is {frame} ms and offsets are told no finer: a line counts as passed {half} ms beyond it.</source>
            <translation>Ein Bild bei 25 pro Sekunde dauert {frame} ms, und feiner wird ein Versatz nicht bestimmt: Eine Grenze gilt ab {half} ms darüber als überschritten.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>One frame back</source>
            <translation>Ein Bild zurück</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>One frame back.</source>
            <translation>Ein Bild zurück.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>One frame forward</source>
            <translation>Ein Bild vor</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>One frame less or more with , and .</source>
            <translation>Ein Bild weniger oder mehr mit , und .</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>One frame on.</source>
            <translation>Ein Bild vor.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>One page to read and print.</source>
            <translation>Eine Seite zum Lesen und Drucken.</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>One row a flag, for spreadsheets.</source>
            <translation>Eine Zeile je Befund, für Tabellen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <location filename="../../core/catalog/rule_clicks.py" />
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_freeze.py" />
            <location filename="../../core/catalog/rule_hiss.py" />
            <location filename="../../core/catalog/rule_hum.py" />
            <source>One step more severe from</source>
            <translation>Eine Stufe schwerer ab</translation>
        </message>
        <message>
            <location filename="../../gui/desk/recovery.py" />
            <source>Onglass ended unexpectedly more than once while {name} was open, so it is not opened by itself; once you open it, you are where you were.</source>
            <translation>Onglass wurde mehr als einmal unerwartet beendet, während {name} geöffnet war, und öffnet den Titel deshalb nicht von selbst; nach dem Öffnen steht alles an der alten Stelle.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/recovery.py" />
            <source>Onglass ended unexpectedly the last time; {name} is open where you were, and every verdict that was shown as stored is there.</source>
            <translation>Onglass wurde beim letzten Mal unerwartet beendet; {name} ist an der alten Stelle geöffnet, und jedes als gespeichert gezeigte Urteil ist da.</translation>
        </message>
        <message>
            <location filename="../../core/store/database.py" />
            <source>Onglass knows no database of the kind {drivername}.</source>
            <translation>Onglass kennt keine Datenbank der Art {drivername}.</translation>
        </message>
        <message>
            <location filename="../../gui/bridge.py" />
            <source>Onglass met a fault of its own; the details help to report it.</source>
            <translation>Onglass ist auf einen eigenen Fehler gestoßen; die Einzelheiten helfen, ihn zu melden.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Only one kind of verdict is there. Both true and false flags teach best.</source>
            <translation>Es gibt nur eine Art von Urteil. Am meisten lehren richtige und falsche Befunde zusammen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>Only one {what} stream can be damaged at a time.</source>
            <translation>Es lässt sich nur ein Strom ({what}) auf einmal beschädigen.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>Only {title}</source>
            <translation>Nur {title}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <source>Only {where} is analysed; {key} analyses the whole title</source>
            <translation>Nur {where} ist analysiert; {key} analysiert den ganzen Titel</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/player/heat_panel.py" />
            <source>Opacity</source>
            <translation>Deckkraft</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Opacity of the colours: {opacity:.0%}</source>
            <translation>Deckkraft der Farben: {opacity:.0%}</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Opacity of the heat map</source>
            <translation>Deckkraft der Heatmap</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Opacity of the heat map's colours.</source>
            <translation>Deckkraft der Farben der Heatmap.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Opacity of the masks</source>
            <translation>Deckkraft der Masken</translation>
        </message>
        <message>
            <location filename="../../gui/triage/keys.py" />
            <source>Open</source>
            <translation>Öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Open a file…</source>
            <translation>Datei öffnen …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/open.py" />
            <source>Open a title</source>
            <translation>Einen Titel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>Open a title first; masks belong to its pictures.</source>
            <translation>Öffnen Sie zuerst einen Titel; Masken gehören zu seinen Bildern.</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane_view.py" />
            <source>Open a title to see its flags over time</source>
            <translation>Titel öffnen, um seine Befunde im Zeitverlauf zu sehen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Open a title to see its scopes</source>
            <translation>Für die Messgeräte einen Titel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Open a title to see its spectrogram</source>
            <translation>Für das Spektrogramm einen Titel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spectrum.py" />
            <source>Open a title to see its spectrum</source>
            <translation>Für das Spektrum einen Titel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/panes/waveform.py" />
            <source>Open a title to see its waveform</source>
            <translation>Für die Wellenform einen Titel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Open a title.</source>
            <translation>Einen Titel öffnen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Open or close the incident</source>
            <translation>Vorfall auf- oder zuklappen</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <location filename="../../gui/wall/view.py" />
            <source>Open the clip</source>
            <translation>Clip öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Open the file</source>
            <translation>Datei öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Open the folder of the backups</source>
            <translation>Den Ordner der Sicherungen öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Open the next title, as they are listed, with flags that nobody has decided.</source>
            <translation>Den in der Liste nächsten Titel öffnen, der offene Befunde hat.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/desk/empty.py" />
            <location filename="../../gui/library/view.py" />
            <source>Open the sample title</source>
            <translation>Beispieltitel öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Open the title made to try.</source>
            <translation>Den Titel zum Ausprobieren öffnen.</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Open the title with the flags of the selected analysis</source>
            <translation>Den Titel mit den Befunden der gewählten Analyse öffnen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Open what was recorded of this flag, to decide about it</source>
            <translation>Öffnen, was von diesem Befund aufgezeichnet wurde, um darüber zu entscheiden</translation>
        </message>
        <message>
            <location filename="../../gui/desk/empty.py" />
            <source>Open {name}</source>
            <translation>{name} öffnen</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>OpenTimelineIO</source>
            <translation>OpenTimelineIO</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Opened</source>
            <translation>Geöffnet</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Opened in 30 days</source>
            <translation>Geöffnet in 30 Tagen</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Opened in 7 days</source>
            <translation>Geöffnet in 7 Tagen</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Opened today</source>
            <translation>Heute geöffnet</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Opening both files …</source>
            <translation>Beide Dateien werden geöffnet …</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <location filename="../../gui/teach/window.py" />
            <source>Opening the clip …</source>
            <translation>Der Clip wird geöffnet …</translation>
        </message>
        <message>
            <location filename="../../gui/player/picture.py" />
            <source>Opening {name} …</source>
            <translation>{name} wird geöffnet …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/desk/empty.py" />
            <source>Open…</source>
            <translation>Öffnen …</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>Order of the queue</source>
            <translation>Reihenfolge der Liste</translation>
        </message>
        <message>
            <location filename="../../gui/desk/triage.py" />
            <source>Order: {order}</source>
            <translation>Reihenfolge: {order}</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Original</source>
            <translation>Original</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Other channel with bass only</source>
            <translation>Anderer Kanal nur mit Bass</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Other defect</source>
            <translation>Anderer Fehler</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>Out of sync</source>
            <translation>Nicht synchron</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>Out of sync: {offset_words}, {percent}.</source>
            <translation>Nicht synchron: {offset_words}, {percent}.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Outline of the frame after</source>
            <translation>Umriss des Bildes danach</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Outline of the frame before</source>
            <translation>Umriss des Bildes davor</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Outlines</source>
            <translation>Umrisse</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Overlap with the next</source>
            <translation>Überlappung mit dem nächsten</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Overlapping</source>
            <translation>Überlappend</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Overlay</source>
            <translation>Überlagert</translation>
        </message>
        <message>
            <location filename="../../gui/sync/tolerance.py" />
            <source>Own tolerance</source>
            <translation>Eigene Toleranz</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>PDF report</source>
            <translation>PDF-Bericht</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>PNG and index, a folder</source>
            <translation>PNG und Verzeichnis, ein Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>PSI {psi}; largest distance {distance}, by chance up to {chance}.</source>
            <translation>PSI {psi}; größter Abstand {distance}, durch Zufall bis {chance}.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>PTS</source>
            <translation>PTS</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>PTS {pts}</source>
            <translation>PTS {pts}</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Paint background.</source>
            <translation>Hintergrund malen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Paint over the picture where blocks are broken.</source>
            <translation>Über das Bild malen, wo Blöcke gestört sind.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Paint with the class; the right button erases.</source>
            <translation>Mit der Klasse malen; die rechte Taste radiert.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Pair concerned</source>
            <translation>Betroffenes Paar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Pairs of channels that cancel in mono: one is turned over, or comes late. Wide stereo and ambience have no steady polarity and are left alone; surround pairs, which some encoders turn on purpose, are FYI. Mono has no phase.</source>
            <translation>Kanalpaare, die sich in Mono auslöschen: Eines ist verpolt oder kommt verspätet. Breites Stereo und Atmo haben keine stete Polarität und bleiben unbeachtet; Surround-Paare, die manche Encoder absichtlich drehen, sind Infos. Mono hat keine Phase.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Pan earlier</source>
            <translation>Ansicht nach vorn schieben</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Pan later</source>
            <translation>Ansicht nach hinten schieben</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/main_window.py" />
            <source>Panes</source>
            <translation>Bereiche</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Part</source>
            <translation>Bestandteil</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Partly analysed</source>
            <translation>Teilweise analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Parts</source>
            <translation>Bestandteile</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Parts of two frames show in one picture.</source>
            <translation>Teile zweier Bilder stehen in einem Bild.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Passes the gate</source>
            <translation>Besteht die Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <location filename="../../gui/player/transport.py" />
            <location filename="../../gui/training/progress.py" />
            <source>Pause</source>
            <translation>Pause</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Pause (shuttle stop)</source>
            <translation>Pause (Shuttle-Stopp)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_silence.py" />
            <location filename="../../core/simulate/inject.py" />
            <source>Peak</source>
            <translation>Spitze</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Peak inside the gap</source>
            <translation>Spitze in der Lücke</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Peaks are cut off flat.</source>
            <translation>Spitzen sind flach abgeschnitten.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Peaks joined over</source>
            <translation>Spitzen zusammengefasst über</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <source>Peaks that were cut off flat, at full scale or turned down later. Loud limited music has round tops and is left alone; a square-wave synthesiser at full scale is not.</source>
            <translation>Flach abgeschnittene Spitzen, bei Vollaussteuerung oder später heruntergeregelt. Laute, limitierte Musik hat runde Spitzen und bleibt unbeachtet; ein Rechteck-Synthesizer bei Vollaussteuerung nicht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <location filename="../../core/domain/defect.py" />
            <location filename="../../gui/desk/scope.py" />
            <source>Phase</source>
            <translation>Phase</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/meter.py" />
            <source>Phase scope</source>
            <translation>Phasensichtgerät</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Pick</source>
            <translation>Picken</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Pick pieces</source>
            <translation>Stücke picken</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/medium.py" />
            <location filename="../../gui/player/picture.py" />
            <source>Picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Picture and panes</source>
            <translation>Bild und Bereiche</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>Picture and queue</source>
            <translation>Bild und Liste</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Pieces</source>
            <translation>Stücke</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Pieces to pick and to ask about</source>
            <translation>Stücke zum Picken und Fragen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Pillarbox</source>
            <translation>Pillarbox</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Pink</source>
            <translation>Rosa</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Pixel probe</source>
            <translation>Pixelsonde</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Place in the first file</source>
            <translation>Stelle in der ersten Datei</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <location filename="../../gui/player/transport.py" />
            <location filename="../../gui/triage/keys.py" />
            <source>Play</source>
            <translation>Wiedergabe</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play only the lines or the band that carry the defect, turned up.</source>
            <translation>Nur die Linien oder das Band des Fehlers abspielen, lauter gestellt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play or pause</source>
            <translation>Wiedergabe oder Pause</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Play or pause (Space)</source>
            <translation>Wiedergabe oder Pause (Leertaste)</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play the second of the flag again and again.</source>
            <translation>Die Sekunde des Befunds immer wieder abspielen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play the second of the flag once.</source>
            <translation>Die Sekunde des Befunds einmal abspielen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Play the selected flag over and over.</source>
            <translation>Den gewählten Befund immer wieder abspielen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play what taking the defect away would leave.</source>
            <translation>Abspielen, was ohne den Fehler übrig bliebe.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Play; again for faster.</source>
            <translation>Abspielen; erneut für schneller.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/player/pane.py" />
            <source>Player</source>
            <translation>Player</translation>
        </message>
        <message>
            <location filename="../../gui/panes/time_pane.py" />
            <source>Plus and minus zoom, Page Up and Page Down pan, Home and End go to the ends.</source>
            <translation>Plus und Minus zoomen, Bild auf und Bild ab verschieben, Pos1 und Ende gehen an die Enden.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 1: from the left</source>
            <translation>Punkt 1: von links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 1: from the top</source>
            <translation>Punkt 1: von oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 1: stands out by</source>
            <translation>Punkt 1: hebt sich ab um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 1: stays (0), comes (1) or goes (2)</source>
            <translation>Punkt 1: bleibt (0), kommt (1) oder geht (2)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 2: from the left</source>
            <translation>Punkt 2: von links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 2: from the top</source>
            <translation>Punkt 2: von oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 2: stands out by</source>
            <translation>Punkt 2: hebt sich ab um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 2: stays (0), comes (1) or goes (2)</source>
            <translation>Punkt 2: bleibt (0), kommt (1) oder geht (2)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 3: from the left</source>
            <translation>Punkt 3: von links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 3: from the top</source>
            <translation>Punkt 3: von oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 3: stands out by</source>
            <translation>Punkt 3: hebt sich ab um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 3: stays (0), comes (1) or goes (2)</source>
            <translation>Punkt 3: bleibt (0), kommt (1) oder geht (2)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 4: from the left</source>
            <translation>Punkt 4: von links</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 4: from the top</source>
            <translation>Punkt 4: von oben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 4: stands out by</source>
            <translation>Punkt 4: hebt sich ab um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Point 4: stays (0), comes (1) or goes (2)</source>
            <translation>Punkt 4: bleibt (0), kommt (1) oder geht (2)</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Point at what carries a defect of the sound, in waveform and spectrogram.</source>
            <translation>In Wellenform und Spektrogramm zeigen, was einen Tonfehler ausmacht.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Point at what carries a defect of the sound: its second, lines, band, instants.</source>
            <translation>Zeigen, was einen Tonfehler ausmacht: Sekunde, Linien, Band, Augenblicke.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Points that stay</source>
            <translation>Punkte, die bleiben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Polarity over all frequencies</source>
            <translation>Polarität über alle Frequenzen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Polarity that counts as turned</source>
            <translation>Polarität, die als verpolt gilt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Polygon</source>
            <translation>Vieleck</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>Pops, crackle and single wrong samples: shorter than a millisecond, and unlike anything 12 ms around them. Drums, castanets, plosives and keys ring on and are left alone; lips, and synthesised sounds that begin with a step, may fool it. Crackle of rain and fire is crackle.</source>
            <translation>Knackser, Knistern und einzelne falsche Abtastwerte: kürzer als eine Millisekunde und anders als alles 12 ms davor und danach. Trommeln, Kastagnetten, Verschlusslaute und Tasten klingen nach und bleiben unbeachtet; Lippen und synthetische Klänge, die mit einer Stufe beginnen, können täuschen. Knistern von Regen und Feuer ist Knistern.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Posterize</source>
            <translation>Posterisiert</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Pre-roll</source>
            <translation>Vorlauf</translation>
        </message>
        <message>
            <location filename="../../gui/desk/audition.py" />
            <source>Preparing: {name}…</source>
            <translation>In Vorbereitung: {name} …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/audition.py" />
            <source>Preparing: {name}… {share:.0%}</source>
            <translation>In Vorbereitung: {name} … {share:.0%}</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Presentation time stamp of the frame on screen</source>
            <translation>Presentation Time Stamp des gezeigten Bildes</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>Press N for the next undecided flag.</source>
            <translation>Mit N zum nächsten offenen Befund.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/empty.py" />
            <source>Press {key} for all shortcuts.</source>
            <translation>{key} zeigt alle Tastenkürzel.</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/sound_pair.py" />
            <source>Preview of the sound, clean above damaged</source>
            <translation>Vorschau des Tons, sauber über beschädigt</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/picture_pair.py" />
            <source>Preview, clean and damaged</source>
            <translation>Vorschau, sauber und beschädigt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous class</source>
            <translation>Vorige Klasse</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous flag</source>
            <translation>Voriger Befund</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous frame</source>
            <translation>Voriges Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous frame that is asked about</source>
            <translation>Voriges gefragtes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous frame to finish</source>
            <translation>Voriges offenes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Previous undecided flag</source>
            <translation>Voriger offener Befund</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Private or unassigned characters</source>
            <translation>Private oder nicht zugewiesene Zeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Probability</source>
            <translation>Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Probability from which a cell of the heat map is shown.</source>
            <translation>Ab welcher Wahrscheinlichkeit eine Zelle der Heatmap gezeigt wird.</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Probability of damage, 0 to 1; nothing below {threshold:.2f} is shown</source>
            <translation>Wahrscheinlichkeit eines Schadens, 0 bis 1; unter {threshold:.2f} wird nichts gezeigt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Probability of speech</source>
            <translation>Wahrscheinlichkeit von Sprache</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Probability said</source>
            <translation>Genannte Wahrscheinlichkeit</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/dialogs/profile.py" />
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/main_window.py" />
            <source>Profile</source>
            <translation>Profil</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <location filename="../../gui/desk/setting.py" />
            <source>Profile: {title}</source>
            <translation>Profil: {title}</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Profiles</source>
            <translation>Profile</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Profile…</source>
            <translation>Profil …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Programme louder by</source>
            <translation>Programm lauter um</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>Progress</source>
            <translation>Fortschritt</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Progress of the round</source>
            <translation>Fortschritt der Runde</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Progress of the training</source>
            <translation>Fortschritt des Trainings</translation>
        </message>
        <message>
            <location filename="../../gui/desk/job.py" />
            <source>Progress: {title}</source>
            <translation>Fortschritt: {title}</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Promotions</source>
            <translation>Übernahmen</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <location filename="../../gui/training/threshold.py" />
            <source>Proposed</source>
            <translation>Vorschlag</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Proposed thresholds</source>
            <translation>Vorgeschlagene Schwellen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/empty.py" />
            <source>Put eyes on a title</source>
            <translation>Einen Titel in Augenschein nehmen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Put its defaults back</source>
            <translation>Die Standardkürzel wieder einsetzen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>Put the defaults into all fields; nothing is kept before OK</source>
            <translation>Die Standardwerte in alle Felder setzen; vor OK wird nichts übernommen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Put the panes back.</source>
            <translation>Die Bereiche zurückstellen.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Put the selected backup in the place of the store, which is set aside first</source>
            <translation>Die gewählte Sicherung an die Stelle der Datenbank setzen, die vorher beiseitegelegt wird</translation>
        </message>
        <message>
            <location filename="../../gui/compare/curve.py" />
            <source>Quality over time</source>
            <translation>Qualität über der Zeit</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Quiet</source>
            <translation>Leise</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Quit</source>
            <translation>Beenden</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>R, G or B is more than 5 % out of range in {share} % of the picture</source>
            <translation>R, G oder B liegt in {share} % des Bildes mehr als 5 % außerhalb</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>R, G or B out of range</source>
            <translation>R, G oder B außerhalb</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>RGB</source>
            <translation>RGB</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>RGB beyond ±5 %</source>
            <translation>RGB jenseits ±5 %</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/pane.py" />
            <source>RGB parade</source>
            <translation>RGB-Parade</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Raise the threshold.</source>
            <translation>Die Schwelle anheben.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/read_only.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Read only</source>
            <translation>Nur lesen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Read the codes of the pixel under the pointer.</source>
            <translation>Die Werte des Pixels unter dem Zeiger ablesen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Read the manual; it needs no network.</source>
            <translation>Das Handbuch lesen; es braucht kein Netz.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Reading speed</source>
            <translation>Lesetempo</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Reading the backups…</source>
            <translation>Die Sicherungen werden gelesen …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Reading the verdicts …</source>
            <translation>Die Urteile werden gelesen …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/intake.py" />
            <source>Reading {name} …</source>
            <translation>{name} wird gelesen …</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Recall</source>
            <translation>Trefferquote</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Recall and false alarms</source>
            <translation>Trefferquote und Fehlalarme</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Recent ({count})</source>
            <translation>Neu ({count})</translation>
        </message>
        <message>
            <location filename="../../gui/desk/empty.py" />
            <location filename="../../gui/main_window.py" />
            <source>Recent titles</source>
            <translation>Zuletzt geöffnet</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Recent titles differ much from those before them. Decide some of their flags: old figures say little about them.</source>
            <translation>Neue Titel unterscheiden sich stark von den früheren. Beurteilen Sie einige ihrer Befunde: Alte Kennzahlen sagen wenig über sie.</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Recent titles differ somewhat from those before them. Watch what is rejected.</source>
            <translation>Neue Titel unterscheiden sich etwas von den früheren. Achten Sie darauf, was verworfen wird.</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Recent titles look to this detector like those before them.</source>
            <translation>Neue Titel sehen für diesen Detektor aus wie die früheren.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Reconnected</source>
            <translation>Wieder verbunden</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Reconnecting</source>
            <translation>Verbindet neu</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Recording failed</source>
            <translation>Aufzeichnung gescheitert</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Rectangle</source>
            <translation>Rechteck</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Rectangles 128 x 128</source>
            <translation>Rechtecke 128 x 128</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Rectangles 16 x 16</source>
            <translation>Rechtecke 16 x 16</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Rectangles 32 x 32</source>
            <translation>Rechtecke 32 x 32</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Rectangles 64 x 64</source>
            <translation>Rechtecke 64 x 64</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Red</source>
            <translation>Rot</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Redo</source>
            <translation>Wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Redo a stroke</source>
            <translation>Strich wiederholen</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>Refuse</source>
            <translation>Ablehnen</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>Region</source>
            <translation>Bildteil</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Reject</source>
            <translation>Verwerfen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Reject: duplicate</source>
            <translation>Verwerfen: Dublette</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Reject: false positive</source>
            <translation>Verwerfen: Fehlalarm</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/triage/ruling.py" />
            <source>Reject: not visible</source>
            <translation>Verwerfen: nicht sichtbar</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Rejected</source>
            <translation>Verworfen</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Rejected flags left</source>
            <translation>Noch gemeldete verworfene</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Reliability</source>
            <translation>Verlässlichkeit</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Reliability in words</source>
            <translation>Verlässlichkeit in Worten</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Remove</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Remove all</source>
            <translation>Alle entfernen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Repeat</source>
            <translation>Wiederholung</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Repeated</source>
            <translation>Wiederholt</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>Replace</source>
            <translation>Ersetzen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Replacement characters</source>
            <translation>Ersatzzeichen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>Report</source>
            <translation>Melden</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Report a defect that no detector flagged on the marked stretch.</source>
            <translation>Im markierten Abschnitt einen Fehler melden, den kein Detektor gefunden hat.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Report captions without speech near them (1) or not (0)</source>
            <translation>Untertitel ohne Sprache in der Nähe melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Report fades, both ends and commercial breaks (1) or not (0)</source>
            <translation>Blenden, beide Enden und Werbepausen melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Report fades, flashes, cards and both ends (1) or not (0)</source>
            <translation>Blenden, Blitze, Karten und beide Enden melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Report microphones that stand apart (1) or not (0)</source>
            <translation>Mikrofone mit Abstand melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Report mono in stereo (1) or not (0)</source>
            <translation>Mono in Stereo melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Report noise in the lowest lines (1) or not (0)</source>
            <translation>Rauschen in den untersten Zeilen melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Report silence at both ends (1) or not (0)</source>
            <translation>Stille an beiden Enden melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Report still pictures (1) or not (0)</source>
            <translation>Stillstehende Bilder melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Report streams that declare interlace (1) or not (0)</source>
            <translation>Ströme melden, die Zeilensprung angeben (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Report titles that are never sharp (1) or not (0)</source>
            <translation>Titel, die nie scharf sind, melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Report tracks that hold only part of the dialogue (1) or not (0)</source>
            <translation>Spuren mit nur einem Teil der Dialoge melden (1) oder nicht (0)</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>Reset</source>
            <translation>Zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Reset the layout</source>
            <translation>Anordnung zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Reset thresholds</source>
            <translation>Schwellen zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Reset thresholds to the profile</source>
            <translation>Schwellen auf das Profil zurücksetzen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Resume</source>
            <translation>Fortsetzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Reverse; again for faster.</source>
            <translation>Rückwärts; erneut für schneller.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Review</source>
            <translation>Prüfung</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Reviewed</source>
            <translation>Geprüft</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/queue/flag_text.py" />
            <source>Reviewer</source>
            <translation>Prüfer</translation>
        </message>
        <message>
            <location filename="../../gui/desk/neighbour.py" />
            <location filename="../../gui/desk/setting.py" />
            <source>Reviewer: {reviewer}</source>
            <translation>Prüfer: {reviewer}</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>Reviewers</source>
            <translation>Prüfer</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Right edge of the combed region</source>
            <translation>Rechte Kante des Kammbereichs</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Right end at</source>
            <translation>Rechtes Ende bei</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>Roll back</source>
            <translation>Zurückgehen</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Roll back…</source>
            <translation>Zurückgehen …</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Rolling</source>
            <translation>Rollend</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Rolls up or grows</source>
            <translation>Rollt oder wächst</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_round.py" />
            <source>Round {number} is over; all frames are predicted anew.</source>
            <translation>Runde {number} ist fertig; alle Bilder sind neu vorhergesagt.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Round {number} took {seconds} s; of {asked} pieces asked {left} are open.</source>
            <translation>Runde {number} dauerte {seconds} s; von {asked} gefragten Stücken sind {left} offen.</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>Round {round} of the masks {project} is damaged ({error}).</source>
            <translation>Runde {round} der Masken {project} ist beschädigt ({error}).</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Rounds</source>
            <translation>Runden</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>Row {row} of {row2} points at a missing row of {row3}.</source>
            <translation>Zeile {row} von {row2} verweist auf eine fehlende Zeile von {row3}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Rows of one field nearer to another picture</source>
            <translation>Zeilen eines Halbbilds näher an einem anderen Bild</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Russian</source>
            <translation>Russisch</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>S&amp;eed</source>
            <translation>Sta&amp;rtwert</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Safe areas</source>
            <translation>Sichere Bereiche</translation>
        </message>
        <message>
            <location filename="../../gui/desk/sample.py" />
            <source>Sample title</source>
            <translation>Beispieltitel</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Samples chosen for these weights serve these weights. A later network may learn less from them than from a plain draw.</source>
            <translation>Für diese Gewichte ausgewählte Proben dienen diesen Gewichten. Ein späteres Netz lernt aus ihnen womöglich weniger als aus zufällig gezogenen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <source>Samples in flat tops</source>
            <translation>Abtastwerte in flachen Spitzen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Saturday</source>
            <translation>Samstag</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>Save clip and truth</source>
            <translation>Clip und Referenz speichern</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Save clip and truth…</source>
            <translation>Clip und Referenz speichern …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/support.py" />
            <location filename="../../gui/dialogs/support.py" />
            <source>Save support bundle</source>
            <translation>Support-Paket speichern</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Save support bundle…</source>
            <translation>Support-Paket speichern …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Save the moved thresholds</source>
            <translation>Geänderte Schwellen speichern</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Save the thresholds as they are now under this name</source>
            <translation>Die Schwellen in ihrem jetzigen Stand unter diesem Namen speichern</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/support.py" />
            <source>Save…</source>
            <translation>Speichern …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/desk/scope.py" />
            <location filename="../../gui/scopes/panel.py" />
            <source>Scopes</source>
            <translation>Messgeräte</translation>
        </message>
        <message>
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/triage/preview.py" />
            <source>Score</source>
            <translation>Stärke</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Score {score:.2f}</source>
            <translation>Stärke {score:.2f}</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Scores then and now</source>
            <translation>Werte damals und jetzt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Script (0 alphabet, 1 Chinese, 2 Japanese, 3 Korean)</source>
            <translation>Schrift (0 Alphabet, 1 Chinesisch, 2 Japanisch, 3 Koreanisch)</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/verdict/audition.py" />
            <source>Second</source>
            <translation>Sekunde</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Seconds</source>
            <translation>Sekunden</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>See and hear it: {0} plays and stops, {1} and {2} go frame by frame.</source>
            <translation>Ansehen und anhören: {0} spielt ab und hält an, {1} und {2} gehen Bild für Bild.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>See how far reviewers agree, and go to what they dispute.</source>
            <translation>Sehen, wie weit Prüfer übereinstimmen, und zu ihren Streitfällen gehen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>See the copies of the store, make one, or go back to one.</source>
            <translation>Die Kopien der Datenbank ansehen, eine anlegen oder zu einer zurückkehren.</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>See which findings {name} would gain and lose in your titles.</source>
            <translation>Sehen Sie, welche Befunde {name} in Ihren Titeln hinzubrächte und verlöre.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>Seen again at least</source>
            <translation>Wiedergesehen mindestens</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Select a backup to see what going back to it would lose.</source>
            <translation>Eine Sicherung auswählen, um zu sehen, was eine Rückkehr kosten würde.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/worst.py" />
            <source>Select a flag to see its worst frame.</source>
            <translation>Einen Befund auswählen, um sein schlimmstes Bild zu sehen.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Select a flag to see the curve that raised it</source>
            <translation>Einen Befund auswählen, um die Kurve zu sehen, die ihn ausgelöst hat</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Select a title to see its analyses</source>
            <translation>Einen Titel auswählen, um seine Analysen zu sehen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Select the flag before.</source>
            <translation>Den Befund davor auswählen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Select the next flag.</source>
            <translation>Den nächsten Befund auswählen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Select the next undecided flag after each verdict.</source>
            <translation>Nach jedem Urteil den nächsten offenen Befund auswählen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Select the next undecided flag once a decision is kept.</source>
            <translation>Den nächsten offenen Befund auswählen, sobald eine Entscheidung gespeichert ist.</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Selected flag</source>
            <translation>Gewählter Befund</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Selecting a flag plays it again and again with some lead-in.</source>
            <translation>Ein ausgewählter Befund wird mit etwas Vorlauf wiederholt abgespielt.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>Settings</source>
            <translation>Einstellungen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Settings…</source>
            <translation>Einstellungen …</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Settle disputes</source>
            <translation>Streitfälle schlichten</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <location filename="../../gui/triage/keys.py" />
            <source>Several</source>
            <translation>Mehrere</translation>
        </message>
        <message>
            <location filename="../../core/compare/run.py" />
            <source>Several analyses begin with {subject}.</source>
            <translation>Mehrere Analysen beginnen mit {subject}.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Severity</source>
            <translation>Schwere</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Severity: FYI</source>
            <translation>Schweregrad: Info</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Severity: blocker</source>
            <translation>Schweregrad: Blocker</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Severity: issue</source>
            <translation>Schweregrad: Mangel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>Share of the moving width</source>
            <translation>Anteil der bewegten Breite</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>Share of the width that agrees on a torn row</source>
            <translation>Anteil der Breite, der in einer gerissenen Zeile übereinstimmt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Sharpest edges across</source>
            <translation>Schärfste Kanten waagerecht</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>Sharpest edges down</source>
            <translation>Schärfste Kanten senkrecht</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Shift</source>
            <translation>Verschiebung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Shift that stays</source>
            <translation>Bleibende Verschiebung</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Shifted</source>
            <translation>Verschoben</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Short</source>
            <translation>Kurz</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Short pops or crackle.</source>
            <translation>Kurze Knackser oder Knistern.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Short-term loudness (3 s)</source>
            <translation>Kurzzeit-Lautheit (3 s)</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>Shortcuts</source>
            <translation>Tastenkürzel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Shortest dead stretch</source>
            <translation>Kürzester toter Abschnitt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Shortest distortion or clicks</source>
            <translation>Kürzeste Verzerrung oder kürzeste Knackser</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Shortest dropout</source>
            <translation>Kürzester Aussetzer</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <source>Shortest flat top</source>
            <translation>Kürzeste flache Spitze</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Shortest freeze</source>
            <translation>Kürzestes Standbild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Shortest gap</source>
            <translation>Kürzester Abstand</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Shortest gap in time</source>
            <translation>Kürzeste Zeitlücke</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Shortest hiss</source>
            <translation>Kürzestes Rauschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Shortest hum</source>
            <translation>Kürzestes Brummen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>Shortest hum or hiss</source>
            <translation>Kürzestes Brummen oder Rauschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Shortest programme</source>
            <translation>Kürzestes Programm</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>Shortest run</source>
            <translation>Kürzeste Folge</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Shortest silence</source>
            <translation>Kürzeste Stille</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Shortest sound that is judged</source>
            <translation>Kürzester beurteilter Ton</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Shortest speech without a caption</source>
            <translation>Kürzeste Sprache ohne Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Shortest still card that is told</source>
            <translation>Kürzeste gemeldete Standkarte</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>Shortest still picture that is told</source>
            <translation>Kürzestes gemeldetes stillstehendes Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <location filename="../../core/catalog/rule_blockiness.py" />
            <location filename="../../core/catalog/rule_blur.py" />
            <location filename="../../core/catalog/rule_channel.py" />
            <location filename="../../core/catalog/rule_clipping.py" />
            <location filename="../../core/catalog/rule_letterbox.py" />
            <location filename="../../core/catalog/rule_levels.py" />
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Shortest stretch</source>
            <translation>Kürzester Abschnitt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>Shortest time on screen</source>
            <translation>Kürzeste Standzeit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Shortest title that is called mono in stereo</source>
            <translation>Kürzester Titel, der Mono in Stereo heißt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Shot</source>
            <translation>Einstellung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Should be fixed.</source>
            <translation>Sollte behoben werden.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Show a strip of pictures above the lanes.</source>
            <translation>Über den Spuren eine Leiste mit Bildern zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/filter.py" />
            <source>Show all channels</source>
            <translation>Alle Kanäle zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Show all flags</source>
            <translation>Alle Befunde zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <source>Show all titles</source>
            <translation>Alle Titel zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show and change all shortcuts.</source>
            <translation>Alle Tastenkürzel zeigen und ändern.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show and save what support needs to know, without media and without names.</source>
            <translation>Zeigen und speichern, was der Support wissen muss, ohne Medien und ohne Namen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show each flag of the incident, or one row for all.</source>
            <translation>Jeden Befund des Vorfalls zeigen oder eine Zeile für alle.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <source>Show everything that is known</source>
            <translation>Alles zeigen, was bekannt ist</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show everything.</source>
            <translation>Alles zeigen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Show faces with their verdicts and the fragment's verdict over the picture all the time, not only while a flag of sync is selected.</source>
            <translation>Gesichter mit ihren Urteilen und das Urteil des Abschnitts ständig über dem Bild zeigen, nicht nur bei gewähltem Synchronbefund.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show faces with their verdicts over the picture.</source>
            <translation>Gesichter mit ihren Urteilen über dem Bild zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>Show flags with these words in defect, detector, time or note</source>
            <translation>Befunde zeigen, die diese Wörter in Fehler, Detektor, Zeit oder Anmerkung enthalten</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show how often each level occurs.</source>
            <translation>Zeigen, wie oft jeder Pegel vorkommt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show it.</source>
            <translation>Das Spektrogramm zeigen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Show lanes without flags</source>
            <translation>Spuren ohne Befunde zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show left against right, and their correlation.</source>
            <translation>Links gegen rechts und ihre Korrelation zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show less time.</source>
            <translation>Weniger Zeit zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show level over frequency of what is marked, flagged or under the playhead.</source>
            <translation>Pegel über der Frequenz zeigen: des Markierten, des Befunds oder an der Abspielposition.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show luma codes against the width of the picture.</source>
            <translation>Luma-Werte über der Bildbreite zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show more time.</source>
            <translation>Mehr Zeit zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show peaks, true peaks and loudness of the sound.</source>
            <translation>Spitzen, True Peaks und Lautheit des Tons zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show red, green and blue side by side.</source>
            <translation>Rot, Grün und Blau nebeneinander zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the colours, with the targets of 75 % bars.</source>
            <translation>Die Farben zeigen, mit den Zielen der 75-%-Balken.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the curve of the flag.</source>
            <translation>Die Kurve des Befunds zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the dock of scopes and meters, or hide it.</source>
            <translation>Das Feld der Messgeräte zeigen oder verbergen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the flag closely.</source>
            <translation>Den Befund groß zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Show the folder</source>
            <translation>Ordner zeigen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Show the heat map</source>
            <translation>Heatmap zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the strip.</source>
            <translation>Die Bildleiste zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the wall of watched channels, or go back.</source>
            <translation>Die Wand der überwachten Kanäle zeigen oder zurückgehen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the wave.</source>
            <translation>Die Wellenform zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show the whole title</source>
            <translation>Ganzen Titel zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Show the worst frame of every flag</source>
            <translation>Das schlimmste Bild jedes Befunds zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Show these files</source>
            <translation>Diese Dateien zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Show this analysis</source>
            <translation>Diese Analyse zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show what comes after.</source>
            <translation>Zeigen, was danach kommt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show what comes before.</source>
            <translation>Zeigen, was davor kommt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show what runs.</source>
            <translation>Zeigen, was läuft.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show where blocks break.</source>
            <translation>Zeigen, wo Blöcke gestört sind.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show where the masks of the frame before were.</source>
            <translation>Zeigen, wo die Masken des Bildes davor waren.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show where the masks of the next frame are.</source>
            <translation>Zeigen, wo die Masken des nächsten Bildes sind.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Show which findings two analyses do not share, of the title or of every title.</source>
            <translation>Zeigen, welche Messergebnisse zwei Analysen nicht teilen, für den Titel oder jeden Titel.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Shuttle backwards</source>
            <translation>Shuttle rückwärts</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Shuttle forwards</source>
            <translation>Shuttle vorwärts</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Side by side</source>
            <translation>Nebeneinander</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Sides that are seen surely (bits)</source>
            <translation>Sicher gesehene Seiten (Bits)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Silence</source>
            <translation>Stille</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Silent</source>
            <translation>Stumm</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Silent while peaks stay below</source>
            <translation>Still, solange die Spitzen liegen unter</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Simulate a defect</source>
            <translation>Einen Fehler simulieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Simulate…</source>
            <translation>Simulieren …</translation>
        </message>
        <message>
            <location filename="../../gui/desk/analysis.py" />
            <source>Simulation</source>
            <translation>Simulation</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Since the last training</source>
            <translation>Seit dem letzten Training</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Since the sound began</source>
            <translation>Seit Beginn des Tons</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Singers and strings bend their pitch, too: without the original, or a tone that is known to be steady, a wobble of the speed cannot be told from music.</source>
            <translation>Auch Sänger und Streicher beugen die Tonhöhe: Ohne das Original oder einen bekannt steten Ton lässt sich ein Schwanken der Geschwindigkeit nicht von Musik unterscheiden.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Single</source>
            <translation>Einzeln</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Single lines are lost or noisy.</source>
            <translation>Einzelne Zeilen fehlen oder sind verrauscht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Single lines of the picture that are black, white, noise or a copy of the line above, for one frame only. A line that is lost at the same place in every frame is taken for part of the picture; a repeated line shows only where the picture has detail.</source>
            <translation>Einzelne Bildzeilen, die nur für ein Bild schwarz, weiß, verrauscht oder eine Kopie der Zeile darüber sind. Eine Zeile, die in jedem Bild an gleicher Stelle fehlt, gilt als Teil des Bildes; eine wiederholte Zeile zeigt sich nur, wo das Bild Zeichnung hat.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Single pixels stay bright or dark.</source>
            <translation>Einzelne Pixel bleiben hell oder dunkel.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Sinks on by</source>
            <translation>Sinkt weiter um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>Sinks on by no more than</source>
            <translation>Sinkt weiter um höchstens</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Size</source>
            <translation>Größe</translation>
        </message>
        <message>
            <location filename="../../gui/tour/bar.py" />
            <location filename="../../gui/triage/keys.py" />
            <source>Skip</source>
            <translation>Überspringen</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Skip (Page down)</source>
            <translation>Überspringen (Bild ab)</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Skip ({key})</source>
            <translation>Überspringen ({key})</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Skip what is decided, going back.</source>
            <translation>Rückwärts Entschiedenes überspringen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Skip what is decided.</source>
            <translation>Entschiedenes überspringen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Slate</source>
            <translation>Klappe</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Slow</source>
            <translation>Langsam</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Smaller brush</source>
            <translation>Kleinerer Pinsel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Smallest border that counts</source>
            <translation>Kleinster Balken, der zählt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Smallest change of a border</source>
            <translation>Kleinste Änderung eines Balkens</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Smallest jump</source>
            <translation>Kleinster Sprung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Smallest part of a card that is one shade</source>
            <translation>Kleinster einfarbiger Teil einer Karte</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Smeared</source>
            <translation>Verschmiert</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Smooth gradients show steps.</source>
            <translation>Weiche Verläufe zeigen Stufen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Soft</source>
            <translation>Weich</translation>
        </message>
        <message>
            <location filename="../../core/store/verdict.py" />
            <source>Somebody else decided meanwhile; nothing was written.</source>
            <translation>Jemand anders hat inzwischen entschieden; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Somebody else should look.</source>
            <translation>Das sollte noch jemand ansehen.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Somebody ended the watching.</source>
            <translation>Jemand hat die Überwachung beendet.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Somebody speaks for {length} within {length2}, and no caption shows within {length3}.</source>
            <translation>{length} lang wird innerhalb von {length2} gesprochen, und im Umkreis von {length3} erscheint kein Untertitel.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Something else is wrong; the words say what.</source>
            <translation>Etwas anderes stimmt nicht; die Worte sagen, was.</translation>
        </message>
        <message>
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/wall/filter.py" />
            <source>Sort by</source>
            <translation>Sortieren nach</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/medium.py" />
            <source>Sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Sound 10 ms earlier</source>
            <translation>Ton 10 ms früher</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Sound 10 ms later</source>
            <translation>Ton 10 ms später</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Sound a frame earlier</source>
            <translation>Ton ein Bild früher</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Sound a frame later</source>
            <translation>Ton ein Bild später</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Sound and picture do not end together.</source>
            <translation>Ton und Bild enden nicht zusammen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Sound delay</source>
            <translation>Tonverzögerung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Sound from here on</source>
            <translation>Ton ab hier</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>Sound held {size} ms earlier</source>
            <translation>Ton {size} ms früher gelegt</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>Sound held {size} ms later</source>
            <translation>Ton {size} ms später gelegt</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Sound leads or lags the picture.</source>
            <translation>Der Ton läuft dem Bild voraus oder hinterher.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Sound may begin apart from the picture by</source>
            <translation>Der Ton darf versetzt beginnen um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Sound may end after the picture by</source>
            <translation>Der Ton darf nach dem Bild enden um</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Sound may end before the picture by</source>
            <translation>Der Ton darf vor dem Bild enden um</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Sound stream</source>
            <translation>Tonspur</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>Sound that comes early (above 0 ms) or late against the lips of who speaks, read by a network. One frame at 25 a second is 40 ms and offsets are told no finer, so a line counts as passed half a frame (20 ms) beyond it. Where no face or no speech is found, nothing is said; dubbed speech and songs have no offset to be right about.</source>
            <translation>Ton, der gegenüber den Lippen der sprechenden Person zu früh (über 0 ms) oder zu spät kommt, von einem Netz abgelesen. Ein Bild bei 25 pro Sekunde dauert 40 ms, und feiner wird ein Versatz nicht bestimmt; eine Grenze gilt daher erst ein halbes Bild (20 ms) darüber als überschritten. Wo weder Gesicht noch Sprache gefunden wird, wird nichts gesagt; synchronisierte Sprache und Lieder haben keinen richtigen Versatz.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>Sound that ends before the picture or long after it, or begins apart from it. Short clips that were cut from longer titles often do, and files whose encoder was stopped.</source>
            <translation>Ton, der vor dem Bild oder lange danach endet oder versetzt beginnt. Bei kurzen Clips aus längeren Titeln ist das häufig, ebenso bei Dateien mit abgebrochener Kodierung.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Sound where it was</source>
            <translation>Ton, wo er war</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>Sound whose clock runs faster or slower than its time stamps say, or whose time stamps jump back. Sound that is missing is told by the decode errors; drift that is in the samples themselves does not show in time stamps.</source>
            <translation>Ton, dessen Takt schneller oder langsamer läuft, als seine Zeitstempel sagen, oder dessen Zeitstempel zurückspringen. Fehlenden Ton melden die Dekodierfehler; eine Drift in den Abtastwerten selbst zeigt sich nicht in den Zeitstempeln.</translation>
        </message>
        <message>
            <location filename="../../core/media/stretch.py" />
            <source>Sound with {channels} channels cannot be stretched.</source>
            <translation>Ton mit {channels} Kanälen lässt sich nicht dehnen.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Source</source>
            <translation>Quelle</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Space plays and stops, arrows step.</source>
            <translation>Die Leertaste spielt ab und hält an, Pfeile gehen bildweise.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Space plays and stops. Nothing here tells what detectors think.</source>
            <translation>Die Leertaste spielt ab und hält an. Nichts hier verrät, was die Detektoren meinen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Spacing of frequencies.</source>
            <translation>Abstand der Frequenzen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Spanish</source>
            <translation>Spanisch</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/panes/spectrogram.py" />
            <source>Spectrogram</source>
            <translation>Spektrogramm</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Spectrogram scale</source>
            <translation>Skala des Spektrogramms</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/panes/spectrum.py" />
            <source>Spectrum</source>
            <translation>Spektrum</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Speech from</source>
            <translation>Sprache ab</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Speech has no caption.</source>
            <translation>Gesprochenes hat keinen Untertitel.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Speed</source>
            <translation>Geschwindigkeit</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Speed; sound keeps its pitch from 0.5× to 2×</source>
            <translation>Geschwindigkeit; von 0.5× bis 2× behält der Ton seine Höhe</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>Spot check {name}</source>
            <translation>Stichprobe {name}</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Spot checks</source>
            <translation>Stichproben</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Spot checks…</source>
            <translation>Stichproben …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>Spread of luma and chroma</source>
            <translation>Umfang von Luma und Chroma</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Spread of the quietest fourth</source>
            <translation>Streuung des leisesten Viertels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Stands for speech (0 no, 1 yes, .5 in capitals)</source>
            <translation>Steht für Sprache (0 nein, 1 ja, .5 in Großbuchstaben)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <location filename="../../core/catalog/rule_hum.py" />
            <source>Stands out by</source>
            <translation>Hebt sich ab um</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>Start</source>
            <translation>Beginnen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/round_box.py" />
            <source>Start a round</source>
            <translation>Runde starten</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Start or stop.</source>
            <translation>Starten oder anhalten.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Start trainings by itself</source>
            <translation>Trainings selbst beginnen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Started</source>
            <translation>Begonnen</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Starting</source>
            <translation>Startet</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/library/filter.py" />
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/wall/filter.py" />
            <location filename="../../gui/wall/word.py" />
            <source>State</source>
            <translation>Zustand</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>State of the heat map</source>
            <translation>Zustand der Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/panel.py" />
            <source>State of the scopes</source>
            <translation>Zustand der Messgeräte</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <source>State of the store</source>
            <translation>Zustand der Datenbank</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>State of the wall</source>
            <translation>Zustand der Wand</translation>
        </message>
        <message>
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/training/window.py" />
            <source>Status</source>
            <translation>Status</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <location filename="../../gui/desk/leave.py" />
            <source>Stay</source>
            <translation>Bleiben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Steady noise above 4 kHz that shows where the programme leaves room. Cymbals, sibilants and wind come and go and are left alone. Rain, applause or a waterfall behind speech sound like hiss and fool it; noise that is all there is to hear is taken for wanted.</source>
            <translation>Stetes Rauschen über 4 kHz, das sich zeigt, wo das Programm Raum lässt. Becken, Zischlaute und Wind kommen und gehen und bleiben unbeachtet. Regen, Applaus oder ein Wasserfall hinter Sprache klingen wie Rauschen und täuschen; Rauschen, neben dem nichts zu hören ist, gilt als gewollt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Steady noise of {usual} dBFS above 4 kHz for {length}, {behind} dB below the loudest near it.</source>
            <translation>Stetes Rauschen von {usual} dBFS über 4 kHz für {length}, {behind} dB unter dem Lautesten in der Nähe.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Steady up to</source>
            <translation>Stetig bis</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Step</source>
            <translation>Stufe</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>Step at the grid</source>
            <translation>Stufe am Raster</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Step of time that counts as uneven</source>
            <translation>Zeitschritt, der als ungleichmäßig gilt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Step within 50 ms</source>
            <translation>Stufe innerhalb von 50 ms</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>Steps of the level at one instant, of all frequencies and of loud and quiet moments alike, after which the programme goes on. A chorus, applause or another scene change the spectrum too and are left alone; jumps between two words are often missed.</source>
            <translation>Stufen des Pegels in einem Augenblick, in allen Frequenzen und in lauten wie leisen Momenten gleich, nach denen das Programm weitergeht. Ein Refrain, Applaus oder ein Szenenwechsel ändern auch das Spektrum und bleiben unbeachtet; Sprünge zwischen zwei Wörtern entgehen oft.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/job.py" />
            <location filename="../../gui/dialogs/export.py" />
            <location filename="../../gui/library/view.py" />
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/history.py" />
            <source>Stop</source>
            <translation>Abbrechen</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Stop for now; what was learned so far is kept</source>
            <translation>Vorerst anhalten; das bisher Gelernte bleibt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Stop the analysis</source>
            <translation>Analyse abbrechen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Stop the round</source>
            <translation>Runde anhalten</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Stop, look at exactly this frame and show its heat map.</source>
            <translation>Anhalten, genau dieses Bild untersuchen und seine Heatmap zeigen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Stop.</source>
            <translation>Anhalten.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/job.py" />
            <source>Stop: {title}</source>
            <translation>Abbrechen: {title}</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Stopped</source>
            <translation>Beendet</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>Stopped; what was found so far is listed</source>
            <translation>Abgebrochen; bisher Gefundenes ist aufgelistet</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/main_window.py" />
            <source>Store</source>
            <translation>Datenbank</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <source>Store: {place}</source>
            <translation>Datenbank: {place}</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Storing</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Storing…</source>
            <translation>Wird gespeichert …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>Strea&amp;m</source>
            <translation>S&amp;trom</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/medium.py" />
            <source>Stream</source>
            <translation>Strom</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>Stream {index} cannot be decoded and is left out.</source>
            <translation>Strom {index} lässt sich nicht dekodieren und wird ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>Stream {index} is a cover picture and is left out.</source>
            <translation>Strom {index} ist ein Titelbild und wird ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>Stream {index} says that it has {said} and is left out.</source>
            <translation>Strom {index} gibt an, {said} zu haben, und wird ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>Stream {wanted} of {name} is no {what} stream.</source>
            <translation>Strom {wanted} von {name} ist kein Strom der Art {what}.</translation>
        </message>
        <message>
            <location filename="../../resources/profiles" />
            <source>Streaming</source>
            <translation>Streaming</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>Stretch</source>
            <translation>Abschnitt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Stretch above the middle of the title</source>
            <translation>Abschnitt über der Mitte des Titels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>Stretches without sound on any channel of a stream. Room tone is louder than the line and counts only where full sound is cut to it at once, and back; silence at both ends of a title is FYI.</source>
            <translation>Abschnitte ohne Ton auf jedem Kanal eines Stroms. Raumton ist lauter als diese Grenze und zählt nur, wenn voller Ton schlagartig darauf und zurück geschnitten ist; Stille an beiden Enden eines Titels ist eine Info.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/queue/order_box.py" />
            <source>Strongest</source>
            <translation>Stärkstes zuerst</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Stuck</source>
            <translation>Hängend</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Stutter</source>
            <translation>Ruckeln</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Style</source>
            <translation>Stil</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Style of the heat map</source>
            <translation>Stil der Heatmap</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Sunday</source>
            <translation>Sonntag</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Superpixels</source>
            <translation>Superpixel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Sure from</source>
            <translation>Sicher ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Surest cell</source>
            <translation>Sicherste Zelle</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Swapped</source>
            <translation>Vertauscht</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Switch the theme.</source>
            <translation>Das Farbschema wechseln.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <source>Sync</source>
            <translation>Synchronität</translation>
        </message>
        <message>
            <location filename="../../gui/sync/strip.py" />
            <source>Sync of fragments</source>
            <translation>Synchronität der Abschnitte</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>System</source>
            <translation>System</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <location filename="../../gui/player/transport.py" />
            <source>System clock</source>
            <translation>Systemtakt</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Take back</source>
            <translation>Zurück</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take back what you drew last in this frame.</source>
            <translation>Zurücknehmen, was Sie in diesem Bild zuletzt gezeichnet haben.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take flags from JSON or an edit list as flags of this title.</source>
            <translation>Befunde aus JSON oder einer Schnittliste für diesen Titel übernehmen.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Take out</source>
            <translation>Entfernen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take the last corner back</source>
            <translation>Letzte Ecke zurücknehmen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take the last decision back.</source>
            <translation>Die letzte Entscheidung zurücknehmen.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take the profile's values.</source>
            <translation>Die Werte des Profils übernehmen.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics_panel.py" />
            <source>Take the thresholds of the profile again</source>
            <translation>Wieder die Schwellen des Profils nehmen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Take the verdict back</source>
            <translation>Urteil zurücknehmen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Tape</source>
            <translation>Band</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>Target</source>
            <translation>Ziel</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>Teach a detector</source>
            <translation>Einen Detektor lehren</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>Teach more</source>
            <translation>Weiter lehren</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Teach: {detector}</source>
            <translation>Lehren: {detector}</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Teach…</source>
            <translation>Lehren …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <location filename="../../core/domain/defect.py" />
            <source>Tearing</source>
            <translation>Bildriss</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Ten frames back</source>
            <translation>Zehn Bilder zurück</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Ten frames back.</source>
            <translation>Zehn Bilder zurück.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Ten frames on</source>
            <translation>Zehn Bilder vor</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Ten frames on.</source>
            <translation>Zehn Bilder vor.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>That motion against what is left in the hold</source>
            <translation>Diese Bewegung gegen den Rest im Halt</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>That was all. {0} shows every key, {1} opens a title of your own.</source>
            <translation>Das war alles. {0} zeigt jede Taste, {1} öffnet einen eigenen Titel.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/window.py" />
            <source>That was the last clip. Close the window to see what detectors miss.</source>
            <translation>Das war der letzte Clip. Das Fenster schließen, um zu sehen, was Detektoren übersehen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>The 8-pixel grid of a starved coder, also where the picture was scaled by 4/3, 3/2 or 2 after coding. Pixel art, mosaic effects and drawn tiles whose every edge keeps to such a grid look the same; other scales hide the grid, and so does a coder's own deblocking.</source>
            <translation>Das 8-Pixel-Raster eines unterversorgten Encoders, auch wenn das Bild danach um 4/3, 3/2 oder 2 skaliert wurde. Pixelgrafik, Mosaikeffekte und gezeichnete Kacheln, deren Kanten alle auf einem solchen Raster liegen, sehen gleich aus; andere Skalierungen verdecken das Raster, ebenso das Deblocking eines Encoders.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>The active area is {in_pixels} for {length}; most of the title has {in_pixels2} ({what}).</source>
            <translation>Die aktive Bildfläche ist {in_pixels} für {length}; der größte Teil des Titels hat {in_pixels2} ({what}).</translation>
        </message>
        <message>
            <location filename="../../gui/desk/leave.py" />
            <source>The analysis is still running. Leave now? It goes on from there next time.</source>
            <translation>Die Analyse läuft noch. Jetzt beenden? Sie geht beim nächsten Mal von hier aus weiter.</translation>
        </message>
        <message>
            <location filename="../../core/jobs/remote.py" />
            <source>The analysis process could not be started; the details say why.</source>
            <translation>Der Analyseprozess ließ sich nicht starten; die Einzelheiten sagen, warum.</translation>
        </message>
        <message>
            <location filename="../../core/analysis/pipeline.py" />
            <source>The analysis stopped because of a mistake of its own ({error}).</source>
            <translation>Die Analyse hielt wegen eines eigenen Fehlers an ({error}).</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>The backup cannot be written there.</source>
            <translation>Die Sicherung lässt sich dorthin nicht schreiben.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>The backup is damaged.</source>
            <translation>Die Sicherung ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>The bass-effects channel carries sound around {typical} Hz for {length}: channels are in the wrong order.</source>
            <translation>Der Basseffektkanal trägt für {length} Ton um {typical} Hz: Die Kanäle sind in falscher Reihenfolge.</translation>
        </message>
        <message>
            <location filename="../../core/reports/font.py" />
            <source>The cache folder cannot be written.</source>
            <translation>Der Zwischenspeicher-Ordner lässt sich nicht beschreiben.</translation>
        </message>
        <message>
            <location filename="../../core/media/cache_file.py" />
            <source>The cache folder cannot be written; check its permissions.</source>
            <translation>Der Zwischenspeicher-Ordner lässt sich nicht beschreiben; Rechte prüfen.</translation>
        </message>
        <message>
            <location filename="../../core/models/sync_calibration.py" />
            <source>The calibration of these weights is none.</source>
            <translation>Die Kalibrierung dieser Gewichte ist keine.</translation>
        </message>
        <message>
            <location filename="../../core/models/sync_runtime.py" />
            <source>The calibration of {name} cannot be read.</source>
            <translation>Die Kalibrierung von {name} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption_document.py" />
            <source>The caption file declares entities, which are not read for safety.</source>
            <translation>Die Untertiteldatei deklariert Entities, die aus Sicherheitsgründen nicht gelesen werden.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption_document.py" />
            <source>The caption file is nested too deeply to be captions.</source>
            <translation>Die Untertiteldatei ist zu tief verschachtelt, um Untertitel zu sein.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption.py" />
            <source>The caption file {name} cannot be read.</source>
            <translation>Die Untertiteldatei {name} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>The caption shows</source>
            <translation>Der Untertitel zeigt</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>The caption shows while nobody speaks within {length}.</source>
            <translation>Der Untertitel steht, obwohl im Umkreis von {length} niemand spricht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>The caption shows {list}</source>
            <translation>Der Untertitel zeigt {list}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>The caption {listed}.</source>
            <translation>Der Untertitel {listed}.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption_text.py" />
            <source>The captions have more than {most_cues} cues, as no title does, so they are not read.</source>
            <translation>Die Untertitel haben mehr als {most_cues} Einträge, so viele wie kein Titel, und werden deshalb nicht gelesen.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption.py" />
            <source>The captions in {name} cannot be read.</source>
            <translation>Die Untertitel in {name} lassen sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption.py" />
            <source>The captions in {name} say times that cannot be, so they are not read.</source>
            <translation>Die Untertitel in {name} nennen unmögliche Zeiten und werden deshalb nicht gelesen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>The captions of {name} hold no text to damage.</source>
            <translation>Die Untertitel von {name} enthalten keinen Text zum Beschädigen.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>The card of {name} names no file.</source>
            <translation>Die Karte von {name} nennt keine Datei.</translation>
        </message>
        <message>
            <location filename="../../core/models/card.py" />
            <source>The card {name} cannot be read.</source>
            <translation>Die Karte {name} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/models/card.py" />
            <source>The card {name} tells of other weights, {name2}.</source>
            <translation>Die Karte {name} beschreibt andere Gewichte, {name2}.</translation>
        </message>
        <message>
            <location filename="../../core/jobs/remote.py" />
            <source>The choice of what to ask was ended from outside, perhaps for lack of memory.</source>
            <translation>Die Auswahl der Fragen wurde von außen beendet, vielleicht aus Mangel an Speicher.</translation>
        </message>
        <message>
            <location filename="../../core/review/mask.py" />
            <source>The class {name} cannot be taken away.</source>
            <translation>Die Klasse {name} lässt sich nicht wegnehmen.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/sheet.py" />
            <source>The classes of this file cannot be used.</source>
            <translation>Die Klassen dieser Datei sind nicht zu gebrauchen.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/clip.py" />
            <source>The clip of a finding could not be written.</source>
            <translation>Der Clip eines Befunds konnte nicht geschrieben werden.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/wall.py" />
            <source>The clip of this flag is still being written</source>
            <translation>Der Clip dieses Befunds wird noch geschrieben</translation>
        </message>
        <message>
            <location filename="../../gui/desk/wall.py" />
            <source>The clip {name} is not there any more; the monitor keeps clips only for a while.</source>
            <translation>Der Clip {name} ist nicht mehr da; die Überwachung behält Clips nur eine Weile.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The coding grid is visible.</source>
            <translation>Das Kodierraster ist sichtbar.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blockiness.py" />
            <source>The coding grid, every {period} pixels, stands out by {usual} grey levels for {length}.</source>
            <translation>Das Kodierraster, alle {period} Pixel, hebt sich um {usual} Graustufen ab, für {length}.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>The container does not say how long it is; its packets were counted.</source>
            <translation>Der Container gibt seine Länge nicht an; die Pakete wurden gezählt.</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>The curve below the picture is why it was flagged. Press {0} to go where it is worst.</source>
            <translation>Die Kurve unter dem Bild ist der Grund des Befunds. {0} drücken, um dorthin zu gehen, wo es am schlimmsten ist.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The database server cannot be reached; nothing was changed.</source>
            <translation>Der Datenbankserver ist nicht erreichbar; nichts wurde geändert.</translation>
        </message>
        <message>
            <location filename="../../gui/app.py" />
            <source>The default profile is used.</source>
            <translation>Es gilt das Standardprofil.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>The defect is there: fix it.</source>
            <translation>Der Fehler ist da: beheben.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>The desk for eyes on glass: play a title, see where it is broken, decide.
Licensed under the Apache License 2.0.</source>
            <translation>Der Prüfplatz für Bild und Ton: einen Titel abspielen, sehen, wo er gestört ist, entscheiden.
Lizenziert unter der Apache License 2.0.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>The detector is unsure here, and about others like it.</source>
            <translation>Der Detektor ist hier unsicher, und bei anderen wie diesem.</translation>
        </message>
        <message>
            <location filename="../../core/analysis/meter.py" />
            <source>The detector {title} stopped at {format_clock} because of a mistake of its own ({name}: {error}).</source>
            <translation>Der Detektor {title} hielt bei {format_clock} wegen eines eigenen Fehlers an ({name}: {error}).</translation>
        </message>
        <message>
            <location filename="../../core/media/live/ring.py" />
            <source>The disk of the ring is full: findings have no clip until there is room.</source>
            <translation>Der Datenträger des Rings ist voll: Befunde haben keinen Clip, bis Platz ist.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <source>The disk reported an error while this file was read.</source>
            <translation>Der Datenträger meldete beim Lesen dieser Datei einen Fehler.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The disk that holds the store is full; nothing was changed, so free some space and try again.</source>
            <translation>Der Datenträger der Datenbank ist voll; nichts wurde geändert, Platz schaffen und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The disk that holds the store reported an error; nothing was changed, so check the disk.</source>
            <translation>Der Datenträger der Datenbank meldete einen Fehler; nichts wurde geändert, den Datenträger prüfen.</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>The disk that holds {parent} is full; nothing was written.</source>
            <translation>Der Datenträger von {parent} ist voll; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/media/cache_file.py" />
            <source>The disk with the cache folder is full; free some space and try again.</source>
            <translation>Der Datenträger mit dem Zwischenspeicher ist voll; Platz schaffen und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../../core/store/database.py" />
            <source>The driver for this database is not installed; install Onglass with its `postgresql` extra.</source>
            <translation>Der Treiber dieser Datenbank ist nicht installiert; Onglass mit dem Zusatz `postgresql` installieren.</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>The export cannot be written to {target}; nothing was changed.</source>
            <translation>Der Export lässt sich nicht nach {target} schreiben; nichts wurde geändert.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>The export was stopped; nothing was written.</source>
            <translation>Der Export wurde abgebrochen; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>The file holds {streams} streams; those beyond the first {most_streams} are left out.</source>
            <translation>Die Datei enthält {streams} Ströme; die nach den ersten {most_streams} werden ausgelassen.</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>The file is damaged: {line}.</source>
            <translation>Die Datei ist beschädigt: {line}.</translation>
        </message>
        <message>
            <location filename="../../gui/library/model.py" />
            <source>The file is not there any more; open the title to look for it</source>
            <translation>Die Datei ist nicht mehr da; den Titel öffnen, um sie zu suchen</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>The file of weights {name} is missing.</source>
            <translation>Die Gewichtsdatei {name} fehlt.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>The file of weights {name} is not the one that its card tells of.</source>
            <translation>Die Gewichtsdatei {name} ist nicht die, die ihre Karte beschreibt.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/compare.py" />
            <location filename="../../core/learning/snapshot/media.py" />
            <source>The file of {name} is not found.</source>
            <translation>Die Datei von {name} wird nicht gefunden.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>The files show nothing at the same time</source>
            <translation>Die Dateien zeigen zur gleichen Zeit nichts</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>The first colours are told apart also by people who see few colours.</source>
            <translation>Die ersten Farben unterscheidet auch, wer wenige Farben sieht.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>The first {count} are shown.</source>
            <translation>Die ersten {count} werden gezeigt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>The flag is wrong.</source>
            <translation>Der Befund ist falsch.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/dialog.py" />
            <source>The flags whose verdicts teach most are chosen across titles: those the detector is unsure about, no two alike, and some by chance, so that figures stay honest.</source>
            <translation>Gewählt werden über Titel hinweg die Befunde, deren Urteile am meisten lehren: solche, bei denen der Detektor unsicher ist, keine zwei gleichen, und einige durch Zufall, damit Zahlen ehrlich bleiben.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <source>The folder of the backups cannot be read.</source>
            <translation>Der Ordner der Sicherungen lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>The folder of the store cannot be made.</source>
            <translation>Der Ordner der Datenbank lässt sich nicht anlegen.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/ring.py" />
            <source>The folder {folder} cannot hold a ring.</source>
            <translation>Der Ordner {folder} kann keinen Ring aufnehmen.</translation>
        </message>
        <message>
            <location filename="../../core/learning/snapshot/media.py" />
            <location filename="../../core/media/folder.py" />
            <source>The folder {name} cannot be read.</source>
            <translation>Der Ordner {name} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>The last round</source>
            <translation>Die letzte Runde</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The level changes suddenly without cause.</source>
            <translation>Der Pegel ändert sich plötzlich ohne Anlass.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>The level {way} by {size} dB at one instant, all frequencies alike (within {metrics} dB), {rest}.</source>
            <translation>Der Pegel {way} in einem Augenblick um {size} dB, in allen Frequenzen gleich (auf {metrics} dB genau), {rest}.</translation>
        </message>
        <message>
            <location filename="../../core/review/spot_check.py" />
            <source>The library holds no title that is long enough for a clip.</source>
            <translation>Die Bibliothek enthält keinen Titel, der für einen Clip lang genug ist.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>The licence</source>
            <translation>Die Lizenz</translation>
        </message>
        <message>
            <location filename="../../core/config/licence.py" />
            <source>The list of licences cannot be read.</source>
            <translation>Die Liste der Lizenzen kann nicht gelesen werden.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/manual.py" />
            <source>The manual was not installed with this program.</source>
            <translation>Das Handbuch wurde mit diesem Programm nicht installiert.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <source>The masks are {width} x {height}, the pictures {width2} x {height2}.</source>
            <translation>Die Masken sind {width} x {height} groß, die Bilder {width2} x {height2}.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/file.py" />
            <source>The masks cannot be written to {out}.</source>
            <translation>Die Masken lassen sich nicht nach {out} schreiben.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>The masks of this title belong to other pictures of it than those shown here, so they cannot be drawn on.</source>
            <translation>Die Masken dieses Titels gehören zu anderen Bildern als den hier gezeigten; man kann nicht auf ihnen zeichnen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>The newest analysis of these titles was made by other weights than those in use. Their flags keep that stamp until you analyse them again.</source>
            <translation>Die neueste Analyse dieser Titel entstand mit anderen Gewichten als den benutzten. Ihre Befunde behalten diesen Stempel, bis Sie sie neu analysieren.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>The noise floor above 4 kHz lies at {level} dBFS.</source>
            <translation>Das Grundrauschen über 4 kHz liegt bei {level} dBFS.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/decode_error.py" />
            <source>The packets of {name} do not lie in one piece; damage an MP4 or Matroska file instead.</source>
            <translation>Die Pakete von {name} liegen nicht in einem Stück; stattdessen eine MP4- oder Matroska-Datei beschädigen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>The part {wanted}-{wanted2} lies outside {name}, which runs from {first} to {last} s.</source>
            <translation>Der Teil {wanted}-{wanted2} liegt außerhalb von {name}, das von {first} bis {last} s läuft.</translation>
        </message>
        <message>
            <location filename="../../gui/player/decode_thread.py" />
            <source>The picture cannot be decoded here.</source>
            <translation>Das Bild lässt sich hier nicht dekodieren.</translation>
        </message>
        <message>
            <location filename="../../gui/player/decode_thread.py" />
            <source>The picture cannot be decoded.</source>
            <translation>Das Bild lässt sich nicht dekodieren.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/letterbox.py" />
            <source>The picture is black already where its borders would be.</source>
            <translation>Das Bild ist schon schwarz, wo die Balken lägen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>The picture is black for {length} ({frames} frames)</source>
            <translation>Das Bild ist schwarz für {length} ({frames} Bilder)</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The picture is black where it should not be.</source>
            <translation>Das Bild ist schwarz, wo es das nicht sein sollte.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The picture is soft without intent.</source>
            <translation>Das Bild ist ungewollt unscharf.</translation>
        </message>
        <message>
            <location filename="../../gui/player/picture.py" />
            <source>The picture of the title at the playhead</source>
            <translation>Das Bild des Titels an der Abspielposition</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_freeze.py" />
            <source>The picture stands still for {length}.</source>
            <translation>Das Bild steht still für {length}.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The picture stands still while the programme goes on.</source>
            <translation>Das Bild steht still, während das Programm weiterläuft.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/coding.py" />
            <source>The pictures cannot be coded as {codec}.</source>
            <translation>Die Bilder lassen sich nicht als {codec} kodieren.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>The present store would be set aside first, whole.</source>
            <translation>Die jetzige Datenbank würde vorher vollständig beiseitegelegt.</translation>
        </message>
        <message>
            <location filename="../../core/jobs/remote.py" />
            <source>The process that learns was ended from outside, perhaps for lack of memory; asked for again, a training goes on from where it was.</source>
            <translation>Der Prozess, der lernt, wurde von außen beendet, vielleicht aus Mangel an Speicher; erneut verlangt, geht ein Training weiter, wo es war.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>The profile cannot be written to {path}.</source>
            <translation>Das Profil lässt sich nicht nach {path} schreiben.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/command.py" />
            <source>The profile was saved as {path}</source>
            <translation>Das Profil wurde als {path} gespeichert</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>The profile {name} has changed since; fit it again.</source>
            <translation>Das Profil {name} hat sich seitdem geändert; bitte neu anpassen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>The profile {name} is not valid TOML.</source>
            <translation>Das Profil {name} ist kein gültiges TOML.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>The profile {path} cannot be read.</source>
            <translation>Das Profil {path} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/threshold.py" />
            <source>The profile {title} keeps these thresholds.</source>
            <translation>Das Profil {title} enthält jetzt diese Schwellen.</translation>
        </message>
        <message>
            <location filename="../../core/analysis/plan.py" />
            <source>The profile {title} leaves no detector enabled.</source>
            <translation>Das Profil {title} lässt keinen Detektor eingeschaltet.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>The programme has {measured} LUFS, {off} LU louder than the target of {target} LUFS; {tolerance} LU are allowed.</source>
            <translation>Das Programm hat {measured} LUFS, {off} LU lauter als das Ziel von {target} LUFS; {tolerance} LU sind zulässig.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>The programme has {measured} LUFS, {off} LU quieter than the target of {target} LUFS; {tolerance} LU are allowed.</source>
            <translation>Das Programm hat {measured} LUFS, {off} LU leiser als das Ziel von {target} LUFS; {tolerance} LU sind zulässig.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The programme is too loud, too quiet or peaks too high.</source>
            <translation>Das Programm ist zu laut, zu leise oder hat zu hohe Spitzen.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/sheet.py" />
            <source>The project has no class for {names}.</source>
            <translation>Den Masken fehlt eine Klasse für {names}.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/threshold.py" />
            <source>The queue shows what the proposal finds; nothing is kept.</source>
            <translation>Die Liste zeigt, was der Vorschlag findet; nichts wird gespeichert.</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>The queue shows what they find; nothing is kept</source>
            <translation>Die Liste zeigt, was sie finden; nichts wird gespeichert</translation>
        </message>
        <message>
            <location filename="../../core/media/live/ring.py" />
            <source>The ring cannot be written: findings have no clip.</source>
            <translation>Der Ring kann nicht geschrieben werden: Befunde haben keinen Clip.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/clip.py" />
            <source>The ring no longer holds what a finding shows.</source>
            <translation>Der Ring enthält nicht mehr, was ein Befund zeigt.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_round.py" />
            <source>The round was stopped; nothing of the masks changed.</source>
            <translation>Die Runde wurde angehalten; an den Masken hat sich nichts geändert.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>The same below</source>
            <translation>Dasselbe unter</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>The same in standard errors</source>
            <translation>Dasselbe in Standardfehlern</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>The same on paper.</source>
            <translation>Dasselbe auf Papier.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_black.py" />
            <source>The same where the picture goes at once</source>
            <translation>Dasselbe, wenn das Bild schlagartig verschwindet</translation>
        </message>
        <message>
            <location filename="../../core/simulate/sample_title.py" />
            <source>The sample title cannot be written to {out}.</source>
            <translation>Der Beispieltitel lässt sich nicht nach {out} schreiben.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/sample_title.py" />
            <source>The sample title cannot be written to {path}.</source>
            <translation>Der Beispieltitel lässt sich nicht nach {path} schreiben.</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>The selected flag</source>
            <translation>Der gewählte Befund</translation>
        </message>
        <message>
            <location filename="../../gui/desk/desk.py" />
            <source>The selected flag is gone: what is measured now does not bear it out</source>
            <translation>Der gewählte Befund ist weggefallen: Was jetzt gemessen ist, stützt ihn nicht</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>The selected incident</source>
            <translation>Der gewählte Vorfall</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>The settings could not be saved to {path}.</source>
            <translation>Die Einstellungen ließen sich nicht in {path} speichern.</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>The settings file {path} could not be read, so defaults are used; it will be kept as {name} before it is replaced: {reason}.</source>
            <translation>Die Einstellungsdatei {path} ließ sich nicht lesen, deshalb gelten die Standardwerte; bevor sie ersetzt wird, wird sie als {name} aufgehoben: {reason}.</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>The settings file {path} is empty, so defaults are used.</source>
            <translation>Die Einstellungsdatei {path} ist leer, deshalb gelten die Standardwerte.</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>The settings in {path} were written by a newer version of Onglass: what this version knows is used, and the file will be kept as {name} before it is changed.</source>
            <translation>Die Einstellungen in {path} stammen von einer neueren Version von Onglass: was diese Version kennt, gilt, und bevor die Datei geändert wird, wird sie als {name} aufgehoben.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_blur.py" />
            <source>The sharpest edges are {soft_px} pixels wide for {length}, and {sharp_px} in the same shot beside it.</source>
            <translation>Die schärfsten Kanten sind {soft_px} Pixel breit für {length}, daneben in derselben Einstellung {sharp_px}.</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>The shortcuts of {action} in {name} are not text, so its defaults are used.</source>
            <translation>Die Tastenkürzel von {action} in {name} sind kein Text, deshalb gelten die Standardwerte.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/course.py" />
            <source>The snapshot {id} is of {detector}.</source>
            <translation>Die Momentaufnahme {id} gehört zu {detector}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>The sound begins {length} {way} the picture.</source>
            <translation>Der Ton beginnt {length} {way} dem Bild.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/sound_coding.py" />
            <source>The sound cannot be coded as {codec}.</source>
            <translation>Der Ton lässt sich nicht als {codec} kodieren.</translation>
        </message>
        <message>
            <location filename="../../gui/player/sound_thread.py" />
            <source>The sound cannot be read.</source>
            <translation>Der Ton lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../gui/player/sound.py" />
            <source>The sound device runs at the wrong speed, so playback follows the system clock.</source>
            <translation>Das Tongerät läuft mit falscher Geschwindigkeit; die Wiedergabe folgt dem Systemtakt.</translation>
        </message>
        <message>
            <location filename="../../gui/player/sound.py" />
            <source>The sound device stopped answering, so playback goes on by the system clock.</source>
            <translation>Das Tongerät antwortet nicht mehr; die Wiedergabe läuft mit dem Systemtakt weiter.</translation>
        </message>
        <message>
            <location filename="../../gui/player/sound.py" />
            <source>The sound device takes sound without playing it, so there is no sound and playback follows the system clock.</source>
            <translation>Das Tongerät nimmt Ton an, ohne ihn abzuspielen: Es gibt keinen Ton, und die Wiedergabe folgt dem Systemtakt.</translation>
        </message>
        <message>
            <location filename="../../gui/player/audio_out.py" />
            <source>The sound device {name} cannot be used, so there is no sound and playback follows the system clock; choose another one in the settings.</source>
            <translation>Das Tongerät {name} ist nicht benutzbar: Es gibt keinen Ton, und die Wiedergabe folgt dem Systemtakt; in den Einstellungen ein anderes wählen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>The sound drifts against the lips from {start_ms} to {end_ms} ms within {length} (above 0 it is early): {per_minute_ms} ± {within_ms} ms a minute.</source>
            <translation>Der Ton driftet gegen die Lippen von {start_ms} auf {end_ms} ms innerhalb von {length} (über 0 ist er zu früh): {per_minute_ms} ± {within_ms} ms pro Minute.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>The sound ends {length} before the picture.</source>
            <translation>Der Ton endet {length} vor dem Bild.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_length.py" />
            <source>The sound goes on for {length} after the picture has ended.</source>
            <translation>Der Ton läuft nach dem Bildende noch {length} weiter.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>The sound is cut for 10 ms to 3.5 s in the midst of programme: down within 6 ms, quiet at once, and back as abruptly at about the same level. Words, notes and reverberation die away more slowly; a rest of sampled or gated sounds that are cut just so does fool it. Longer gaps are silence; samples that are missing leave no gap.</source>
            <translation>Der Ton ist mitten im Programm 10 ms bis 3.5 s lang weg: innerhalb von 6 ms leise, sofort still und ebenso abrupt mit etwa gleichem Pegel zurück. Wörter, Noten und Hall klingen langsamer aus; eine Pause aus gesampelten oder gegateten Klängen, die genau so geschnitten ist, täuscht. Längere Lücken sind Stille; fehlende Abtastwerte hinterlassen keine Lücke.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The sound is cut for a moment.</source>
            <translation>Der Ton ist einen Augenblick lang weg.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The sound is harsh, broken or overdriven.</source>
            <translation>Der Ton ist rau, gestört oder übersteuert.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>The sound is turned down to {words} at once for {length}, and up again.</source>
            <translation>Der Ton ist für {length} schlagartig auf {words} heruntergeregelt, dann wieder hoch.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_lipsync.py" />
            <source>The sound is {middle} ms {side} ({middle2} frames at 25 a second); {length} of it agree, {confidence} % sure</source>
            <translation>Der Ton ist {middle} ms {side} ({middle2} Bilder bei 25 pro Sekunde); {length} stimmen damit überein, zu {confidence} % sicher</translation>
        </message>
        <message>
            <location filename="../../gui/player/audio_out.py" />
            <source>The sound library PortAudio is missing, so there is no sound and playback follows the system clock.</source>
            <translation>Die Tonbibliothek PortAudio fehlt: Es gibt keinen Ton, und die Wiedergabe folgt dem Systemtakt.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The sound runs at another pace than the picture.</source>
            <translation>Der Ton läuft mit anderer Geschwindigkeit als das Bild.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>The sound {list}.</source>
            <translation>Der Ton {list}.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>The span {text} ends before it begins.</source>
            <translation>Die Spanne {text} endet, bevor sie beginnt.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>The span {text} lies outside {name}, which runs from {first} to {last} s.</source>
            <translation>Die Spanne {text} liegt außerhalb von {name}, das von {first} bis {last} s läuft.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>The span {text} overlaps the one before it.</source>
            <translation>Die Spanne {text} überlappt die davor.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The speed of the sound wobbles.</source>
            <translation>Die Geschwindigkeit des Tons schwankt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions/action_set.py" />
            <location filename="../../gui/desk/read_only.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>The store can only be read here, so decisions cannot be kept.</source>
            <translation>Die Datenbank lässt sich hier nur lesen; Entscheidungen können nicht gespeichert werden.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>The store can only be read here, so it cannot be replaced.</source>
            <translation>Die Datenbank lässt sich hier nur lesen, also nicht ersetzen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>The store can only be read here, so masks cannot be changed.</source>
            <translation>Der Bestand lässt sich hier nur lesen, darum bleiben die Masken, wie sie sind.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The store can only be read, so nothing was changed.</source>
            <translation>Die Datenbank lässt sich nur lesen, nichts wurde geändert.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The store cannot be opened; check that its folder can be written.</source>
            <translation>Die Datenbank lässt sich nicht öffnen; prüfen, ob ihr Ordner beschreibbar ist.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>The store cannot be replaced there.</source>
            <translation>Die Datenbank lässt sich dort nicht ersetzen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/wall.py" />
            <source>The store does not answer.</source>
            <translation>Die Datenbank antwortet nicht.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The store has grown beyond what its disk can hold.</source>
            <translation>Die Datenbank ist größer geworden, als ihr Datenträger fassen kann.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>The store is as it was; what stood there is {name}</source>
            <translation>Die Datenbank ist wie damals; der Stand davor liegt in {name}</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <location filename="../../core/store/failure.py" />
            <source>The store is damaged; restore its latest backup.</source>
            <translation>Die Datenbank ist beschädigt; die neueste Sicherung wiederherstellen.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>The store is in use by another desk or an analysis, so it was not replaced; close them and try again.</source>
            <translation>Die Datenbank ist an einem anderen Platz oder von einer Analyse in Gebrauch und wurde nicht ersetzt; diese schließen und erneut versuchen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <location filename="../../gui/desk/review.py" />
            <source>The store is not open, so nothing can be read from it or kept.</source>
            <translation>Die Datenbank ist nicht geöffnet; es kann nichts daraus gelesen oder darin abgelegt werden.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spot.py" />
            <location filename="../../gui/desk/teach.py" />
            <location filename="../../gui/desk/training.py" />
            <source>The store is not open, so nothing can be read from it.</source>
            <translation>Die Datenbank ist nicht geöffnet; es kann nichts daraus gelesen werden.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>The store is not open, so there is nothing to export.</source>
            <translation>Die Datenbank ist nicht geöffnet, deshalb gibt es nichts zu exportieren.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>The store is not open.</source>
            <translation>Die Datenbank ist nicht geöffnet.</translation>
        </message>
        <message>
            <location filename="../../core/store/database.py" />
            <source>The store is open for reading only, so nothing was changed.</source>
            <translation>Die Datenbank ist nur zum Lesen geöffnet, nichts wurde geändert.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>The store is read only</source>
            <translation>Die Datenbank ist nur lesbar</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>The store may not be written here; check the folder's permissions.</source>
            <translation>Die Datenbank darf hier nicht beschrieben werden; die Rechte des Ordners prüfen.</translation>
        </message>
        <message>
            <location filename="../../core/store/track.py" />
            <source>The stored measurements do not fit together; analyse the title again.</source>
            <translation>Die gespeicherten Messungen passen nicht zusammen; den Titel erneut analysieren.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>The stream cannot be decoded cleanly.</source>
            <translation>Der Datenstrom lässt sich nicht sauber dekodieren.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>The stream declares interlace</source>
            <translation>Der Strom gibt Zeilensprung an</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>The stream is away and is opened again.</source>
            <translation>Der Stream ist weg und wird neu geöffnet.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>The stream reports {listed} within {length}.</source>
            <translation>Der Strom meldet {listed} innerhalb von {length}.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>The stretch ends after this frame.</source>
            <translation>Der Abschnitt endet nach diesem Bild.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>The stretch starts here.</source>
            <translation>Der Abschnitt beginnt hier.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/support.py" />
            <source>The support bundle is saved as {name}</source>
            <translation>Das Support-Paket ist als {name} gespeichert</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>The system's choice</source>
            <translation>Wahl des Systems</translation>
        </message>
        <message>
            <location filename="../../core/reports/clock.py" />
            <source>The timecode of the first frame cannot be negative.</source>
            <translation>Der Timecode des ersten Bildes darf nicht negativ sein.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <source>The title has no frame at {pts} s.</source>
            <translation>Der Titel hat bei {pts} s kein Bild.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <source>The title has no frame number {number}; it has {times}.</source>
            <translation>Der Titel hat kein Bild Nummer {number}; er hat {times}.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>The title is still being read; try again in a moment.</source>
            <translation>Der Titel wird noch gelesen; versuchen Sie es gleich noch einmal.</translation>
        </message>
        <message>
            <location filename="../../core/reports/gather.py" />
            <source>The title of this analysis is not in the store.</source>
            <translation>Der Titel dieser Analyse ist nicht in der Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/review/teach.py" />
            <location filename="../../gui/desk/spot.py" />
            <location filename="../../gui/desk/teach.py" />
            <source>The title of this clip is not in the store any more.</source>
            <translation>Der Titel dieses Clips ist nicht mehr in der Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>The torn row, as a fraction of the height</source>
            <translation>Die gerissene Zeile als Anteil der Höhe</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>The training of {name} is paused.</source>
            <translation>Das Training von {name} pausiert.</translation>
        </message>
        <message>
            <location filename="../../core/store/lineage.py" />
            <source>The training {id} cannot be refused: {state}.</source>
            <translation>Das Training {id} kann nicht abgelehnt werden: {state}.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/compare.py" />
            <source>The training {id} has no candidate yet.</source>
            <translation>Das Training {id} hat noch keinen Kandidaten.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/course.py" />
            <source>The training {id} is of {detector}.</source>
            <translation>Das Training {id} gehört zu {detector}.</translation>
        </message>
        <message>
            <location filename="../../core/store/lineage.py" />
            <source>The training {name} cannot be read.</source>
            <translation>Das Training {name} kann nicht gelesen werden.</translation>
        </message>
        <message>
            <location filename="../../core/models/voice_activity.py" />
            <source>The voice activity weights cannot be read.</source>
            <translation>Die Gewichte der Sprachaktivität lassen sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/models/shot_runtime.py" />
            <source>The weights for finding shots cannot be read.</source>
            <translation>Die Gewichte zum Finden von Einstellungen lassen sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/models/artifact_runtime.py" />
            <location filename="../../core/models/corruption_runtime.py" />
            <location filename="../../core/models/sync_runtime.py" />
            <source>The weights {name} are for a network not known here.</source>
            <translation>Die Gewichte {name} sind für ein Netz, das hier nicht bekannt ist.</translation>
        </message>
        <message>
            <location filename="../../core/models/artifact_runtime.py" />
            <source>The weights {name} are not for audio artifacts.</source>
            <translation>Die Gewichte {name} sind nicht für Tonartefakte.</translation>
        </message>
        <message>
            <location filename="../../core/models/corruption_runtime.py" />
            <source>The weights {name} are not for block corruption.</source>
            <translation>Die Gewichte {name} sind nicht für Blockfehler.</translation>
        </message>
        <message>
            <location filename="../../core/models/sync_runtime.py" />
            <source>The weights {name} are not for lip sync.</source>
            <translation>Die Gewichte {name} sind nicht für Lippensynchronität.</translation>
        </message>
        <message>
            <location filename="../../core/models/audio_artifact.py" />
            <source>The weights {name} are of another network.</source>
            <translation>Die Gewichte {name} gehören zu einem anderen Netz.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>The weights {name} do not fit the network.</source>
            <translation>Die Gewichte {name} passen nicht zum Netz.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>The weights {name} have no file {name2}.</source>
            <translation>Die Gewichte {name} haben keine Datei {name2}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>The whole picture is {name}</source>
            <translation>Das ganze Bild ist {name}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>The {late} channel of {pairs} comes {middle} ms late for {length}; in mono the first notch is at {middle2} Hz.</source>
            <translation>Der Kanal {late} beim {pairs} kommt für {length} um {middle} ms verspätet; in Mono liegt die erste Auslöschung bei {middle2} Hz.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Theme</source>
            <translation>Farbschema</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>There are no backups yet; “Back up now” makes the first.</source>
            <translation>Es gibt noch keine Sicherungen; „Jetzt sichern“ legt die erste an.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate_file.py" />
            <source>There are no masks to export.</source>
            <translation>Es gibt keine Masken zu exportieren.</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>There are no titles yet. Add a folder, or open a file.</source>
            <translation>Es gibt noch keine Titel. Einen Ordner hinzufügen oder eine Datei öffnen.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>There are no weights for {detector}.</source>
            <translation>Es gibt keine Gewichte für {detector}.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>There are other weights named {name} already.</source>
            <translation>Es gibt schon andere Gewichte namens {name}.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>There are too few verdicts of both kinds to say what a score means.</source>
            <translation>Es gibt zu wenige Urteile beider Arten, um zu sagen, was ein Wert bedeutet.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>There are {wanted} verdicts on analysed titles about {detector}; {least} are needed.</source>
            <translation>Es gibt {wanted} Urteile über {detector} in analysierten Titeln; {least} sind nötig.</translation>
        </message>
        <message>
            <location filename="../../core/compare/run.py" />
            <source>There is no analysis {subject} in this store.</source>
            <translation>In dieser Datenbank gibt es keine Analyse {subject}.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>There is no backup at {source}.</source>
            <translation>Unter {source} gibt es keine Sicherung.</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>There is no candidate to compare.</source>
            <translation>Es gibt keinen Kandidaten zum Vergleichen.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>There is no candidate yet. Train first; the gate examines what comes of it.</source>
            <translation>Es gibt noch keinen Kandidaten. Trainieren Sie zuerst; die Prüfung untersucht, was daraus wird.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>There is no defect to make.</source>
            <translation>Es ist kein Fehler zu erzeugen.</translation>
        </message>
        <message>
            <location filename="../../core/detectors/registry.py" />
            <source>There is no detector named {detector_id}; there are {list}.</source>
            <translation>Es gibt keinen Detektor namens {detector_id}; es gibt {list}.</translation>
        </message>
        <message>
            <location filename="../../core/analysis/plan.py" />
            <source>There is no detector named {unknown}; there are {list}.</source>
            <translation>Es gibt keinen Detektor namens {unknown}; es gibt {list}.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>There is no detector {detector}; `onglass detectors` lists them.</source>
            <translation>Es gibt keinen Detektor {detector}; `onglass detectors` nennt alle.</translation>
        </message>
        <message>
            <location filename="../../core/reports/gather.py" />
            <source>There is no file and no analysis named {path}.</source>
            <translation>Es gibt keine Datei und keine Analyse namens {path}.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>There is no file {path}.</source>
            <translation>Es gibt keine Datei {path}.</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>There is no folder {parent}.</source>
            <translation>Es gibt keinen Ordner {parent}.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/library.py" />
            <source>There is no media file in it</source>
            <translation>Darin ist keine Mediendatei</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>There is no profile named {text}; there are {names}.</source>
            <translation>Es gibt kein Profil namens {text}; es gibt {names}.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/hand.py" />
            <source>There is no region under the pointer.</source>
            <translation>Unter dem Zeiger ist kein Gebiet.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/source.py" />
            <source>There is no screen here: no X display is set.</source>
            <translation>Hier ist kein Bildschirm: Kein X-Display ist gesetzt.</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>There is no sound where there should be.</source>
            <translation>Es ist kein Ton da, wo welcher sein sollte.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>There is no store at {path}.</source>
            <translation>Unter {path} gibt es keine Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>There is no store at {source}.</source>
            <translation>Unter {source} gibt es keine Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/review/outside.py" />
            <source>There is no such import in this store.</source>
            <translation>Diesen Import gibt es in der Datenbank nicht.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/block_corruption.py" />
            <location filename="../../core/simulate/kind.py" />
            <source>There is no variant “{variant}” of this defect; there are: {known}.</source>
            <translation>Es gibt keine Form „{variant}“ dieses Fehlers; es gibt: {known}.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>There is no verdict that it could be better at.</source>
            <translation>Es gibt kein Urteil, an dem es besser sein könnte.</translation>
        </message>
        <message>
            <location filename="../../core/store/failure.py" />
            <source>There is not enough memory to use the store.</source>
            <translation>Der Arbeitsspeicher reicht für die Datenbank nicht aus.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>These are the verdicts that the thresholds were chosen by; on other titles they will do less well.</source>
            <translation>Nach diesen Urteilen wurden die Schwellen gewählt; bei anderen Titeln werden sie weniger gut abschneiden.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <location filename="../../core/review/mask.py" />
            <source>These classes cannot be used.</source>
            <translation>Diese Klassen sind nicht zu gebrauchen.</translation>
        </message>
        <message>
            <location filename="../../core/review/session.py" />
            <source>This analysis is not in the store any more.</source>
            <translation>Diese Analyse ist nicht mehr in der Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/source.py" />
            <source>This build of FFmpeg cannot read {what}.</source>
            <translation>Diese Fassung von FFmpeg kann {what} nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/reader.py" />
            <source>This build of FFmpeg does not speak {upper}.</source>
            <translation>Diese Fassung von FFmpeg spricht {upper} nicht.</translation>
        </message>
        <message>
            <location filename="../../core/media/audition.py" />
            <source>This defect has no part of its own in the sound that could be set apart.</source>
            <translation>Dieser Fehler hat keinen eigenen Anteil am Ton, der sich trennen ließe.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/agreement.py" />
            <source>This desk looks blindly; settling shows what others said</source>
            <translation>Hier wird verdeckt gesichtet; Schlichten zeigt, was andere gesagt haben</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>This detector has no curve that decides</source>
            <translation>Dieser Detektor hat keine Kurve, die entscheidet</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>This detector measures without weights.</source>
            <translation>Dieser Detektor misst ohne Gewichte.</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>This detector measures; its strength claims to be no probability.</source>
            <translation>Dieser Detektor misst; seine Stärke will keine Wahrscheinlichkeit sein.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>This detector was not trained here yet.</source>
            <translation>Dieser Detektor wurde hier noch nicht trainiert.</translation>
        </message>
        <message>
            <location filename="../../core/store/database.py" />
            <source>This disk cannot hold a store; put it on a local disk, or use PostgreSQL.</source>
            <translation>Dieser Datenträger kann keine Datenbank aufnehmen; auf einen lokalen Datenträger legen oder PostgreSQL verwenden.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <source>This file cannot be opened.</source>
            <translation>Diese Datei lässt sich nicht öffnen.</translation>
        </message>
        <message>
            <location filename="../../core/store/migration.py" />
            <source>This file is a database of another program, not a store.</source>
            <translation>Diese Datei ist die Datenbank eines anderen Programms.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <source>This file is damaged.</source>
            <translation>Diese Datei ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>This file is not a backup of a store.</source>
            <translation>Diese Datei ist keine Sicherung einer Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <location filename="../../core/store/failure.py" />
            <source>This file is not a store, or it is damaged beyond reading.</source>
            <translation>Diese Datei ist keine Datenbank von Onglass oder unlesbar beschädigt.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup_list.py" />
            <source>This file is not a store.</source>
            <translation>Diese Datei ist keine Datenbank von Onglass.</translation>
        </message>
        <message>
            <location filename="../../core/review/session.py" />
            <source>This flag is undecided, so there is nothing to take back.</source>
            <translation>Dieser Befund ist offen, es gibt nichts zurückzunehmen.</translation>
        </message>
        <message>
            <location filename="../../core/review/history.py" />
            <source>This flag was decided again at another desk meanwhile; nothing was taken back.</source>
            <translation>Über diesen Befund wurde inzwischen an einem anderen Platz neu entschieden; nichts wurde zurückgenommen.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>This frame</source>
            <translation>Dieses Bild</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/support.py" />
            <source>This is all that the bundle holds: no media, and no names of titles, people or folders. Nothing is sent; you save a file and decide who gets it.</source>
            <translation>Mehr enthält das Paket nicht: keine Medien, keine Namen von Titeln, Personen oder Ordnern. Nichts wird gesendet; Sie speichern eine Datei und entscheiden, wer sie bekommt.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>This is not the URL of a database.</source>
            <translation>Das ist keine Datenbank-URL.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>This store can only be read here, so decisions cannot be kept.</source>
            <translation>Diese Datenbank lässt sich hier nur lesen; Entscheidungen können nicht gespeichert werden.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>This store is on a database server, which has backups of its own.</source>
            <translation>Diese Datenbank liegt auf einem Server, der eigene Sicherungen hat.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>This store on a server was written by an older version; have it backed up there, then bring it up to date with `onglass store upgrade`. Desks of the older version cannot open it after that.</source>
            <translation>Diese Datenbank auf einem Server stammt von einer älteren Version; lassen Sie sie dort sichern und aktualisieren Sie sie dann mit `onglass store upgrade`. Arbeitsplätze der älteren Version können sie danach nicht mehr öffnen.</translation>
        </message>
        <message>
            <location filename="../../core/store/migration.py" />
            <source>This store was written by a newer version of Onglass; update Onglass to open it.</source>
            <translation>Diese Datenbank stammt von einer neueren Version; Onglass aktualisieren, um sie zu öffnen.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>This store was written by an older version and must be opened for writing once, to bring it up to date.</source>
            <translation>Diese Datenbank stammt von einer älteren Version und muss einmal zum Schreiben geöffnet werden, um sie zu aktualisieren.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spectrum.py" />
            <source>This stretch is too short for a spectrum</source>
            <translation>Dieser Abschnitt ist zu kurz für ein Spektrum</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>This title</source>
            <translation>Dieser Titel</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>This title has no masks yet. They say what is where in its frames.</source>
            <translation>Dieser Titel hat noch keine Masken. Sie sagen, was wo in seinen Bildern ist.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>This title has no masks, and the store can only be read here.</source>
            <translation>Dieser Titel hat keine Masken, und der Bestand lässt sich hier nur lesen.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>This title has no picture</source>
            <translation>Dieser Titel hat kein Bild</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spectrum.py" />
            <location filename="../../gui/panes/sound_pane.py" />
            <source>This title has no sound</source>
            <translation>Dieser Titel hat keinen Ton</translation>
        </message>
        <message>
            <location filename="../../gui/panes/sound_pane.py" />
            <source>This track is empty</source>
            <translation>Diese Tonspur ist leer</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>This training was not examined yet; the gate says nothing before its end.</source>
            <translation>Dieses Training wurde noch nicht geprüft; vor seinem Ende sagt die Prüfung nichts.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/training/threshold.py" />
            <source>Threshold</source>
            <translation>Schwelle</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat_panel.py" />
            <source>Threshold of the heat map</source>
            <translation>Schwelle der Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <location filename="../../gui/training/window.py" />
            <source>Thresholds</source>
            <translation>Schwellen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Thresholds and severities for newly opened titles.</source>
            <translation>Schwellen und Schweregrade für neu geöffnete Titel.</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Thresholds can be fitted to what you confirmed and rejected. Nothing changes before you apply it, and the profile can be put back at any time.</source>
            <translation>Schwellen lassen sich an das anpassen, was Sie bestätigt und verworfen haben. Nichts ändert sich, bevor Sie es übernehmen, und das Profil lässt sich jederzeit zurücksetzen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/actions" />
            <location filename="../../gui/timeline/thumbnail_pane.py" />
            <source>Thumbnails</source>
            <translation>Vorschaubilder</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Thursday</source>
            <translation>Donnerstag</translation>
        </message>
        <message>
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/triage/preview.py" />
            <source>Time</source>
            <translation>Zeit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>Time apart</source>
            <translation>Zeitversatz</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Time display</source>
            <translation>Zeitanzeige</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>Time left</source>
            <translation>Restzeit</translation>
        </message>
        <message>
            <location filename="../../gui/panes/ruler.py" />
            <source>Time ruler</source>
            <translation>Zeitlineal</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Time since the previous frame</source>
            <translation>Zeit seit dem vorigen Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>Time stamps ahead of samples</source>
            <translation>Zeitstempel vor den Abtastwerten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Time stamps are uneven: frames lie {range_ms}.</source>
            <translation>Ungleichmäßige Zeitstempel: Die Bilder liegen {range_ms}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>Time stamps that run backwards</source>
            <translation>Rückwärts laufende Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/player/timecode_field.py" />
            <source>Timecode</source>
            <translation>Timecode</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>Timecode of the first frame</source>
            <translation>Timecode des ersten Bildes</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>Timecode of the first frame, for example 01:00:00:00</source>
            <translation>Timecode des ersten Bildes, zum Beispiel 01:00:00:00</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/history.py" />
            <source>Title</source>
            <translation>Titel</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/library/folder.py" />
            <location filename="../../gui/library/table.py" />
            <location filename="../../gui/library/view.py" />
            <location filename="../../gui/training/progress.py" />
            <source>Titles</source>
            <translation>Titel</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Titles and analyses</source>
            <translation>Titel und Analysen</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Titles measured by older weights</source>
            <translation>Mit älteren Gewichten gemessene Titel</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/training/history.py" />
            <source>To</source>
            <translation>Bis</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>To be decided in one step: {decided}. Left alone: {kept}.</source>
            <translation>In einem Schritt zu entscheiden: {decided}. Unberührt: {kept}.</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>To review</source>
            <translation>Zu prüfen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>To the end</source>
            <translation>Zum Ende</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>To the start</source>
            <translation>Zum Anfang</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>To the worst frame</source>
            <translation>Zum schlimmsten Bild</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>Told apart by</source>
            <translation>Unterschieden nach</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>Told when no speech lies within</source>
            <translation>Gemeldet, wenn keine Sprache liegt innerhalb von</translation>
        </message>
        <message>
            <location filename="../../gui/sync/tolerance.py" />
            <source>Tolerance: {name}</source>
            <translation>Toleranz: {name}</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Too fast</source>
            <translation>Zu schnell</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>Too few analysed titles to compare</source>
            <translation>Zu wenige analysierte Titel für einen Vergleich</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>Too few titles to say whether recent ones differ; {least} on each side are needed.</source>
            <translation>Zu wenige Titel, um zu sagen, ob neue sich unterscheiden; {least} je Seite sind nötig.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Too high for bass effects</source>
            <translation>Zu hoch für Basseffekte</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Too long</source>
            <translation>Zu lang</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Too many lines</source>
            <translation>Zu viele Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Too short</source>
            <translation>Zu kurz</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Top edge of the combed region</source>
            <translation>Oberkante des Kammbereichs</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/tour/bar.py" />
            <source>Tour</source>
            <translation>Rundgang</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Tour of the desk</source>
            <translation>Rundgang durch den Prüfplatz</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Train</source>
            <translation>Trainieren</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Train detectors from verdicts, see what it changes, accept it or go back.</source>
            <translation>Detektoren aus Urteilen trainieren, sehen, was sich ändert, annehmen oder zurückgehen.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>Train now</source>
            <translation>Jetzt trainieren</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <location filename="../../gui/training/window.py" />
            <source>Training</source>
            <translation>Training</translation>
        </message>
        <message>
            <location filename="../../gui/training/curve.py" />
            <source>Training step</source>
            <translation>Trainingsschritt</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Training…</source>
            <translation>Training …</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Transport</source>
            <translation>Transport</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>Triage</source>
            <translation>Triage</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Triage mode</source>
            <translation>Triage-Modus</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>True peak</source>
            <translation>True Peak</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>True peaks reach {highest} dBTP, {where}; {line} dBTP are allowed.</source>
            <translation>True Peaks erreichen {highest} dBTP, {where}; {line} dBTP sind zulässig.</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Try on the open title</source>
            <translation>Am offenen Titel ausprobieren</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Tuesday</source>
            <translation>Dienstag</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>Two classes have the same name.</source>
            <translation>Zwei Klassen heißen gleich.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/view.py" />
            <source>Type to filter the channels ({keys})</source>
            <translation>Tippen filtert die Kanäle ({keys})</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Type to filter the flags.</source>
            <translation>Tippen, um die Befunde zu filtern.</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Type to filter the titles ({keys})</source>
            <translation>Tippen, um die Titel zu filtern ({keys})</translation>
        </message>
        <message>
            <location filename="../../gui/spot/answer.py" />
            <source>Type to find a defect</source>
            <translation>Tippen, um einen Fehler zu suchen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Type where to go.</source>
            <translation>Das Ziel eintippen.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Typical of many: there are few verdicts yet.</source>
            <translation>Typisch für viele: noch gibt es wenige Urteile.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>Unchanged ones too</source>
            <translation>Auch unveränderte</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/library/word.py" />
            <source>Undecided</source>
            <translation>Offen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/panel.py" />
            <source>Undo</source>
            <translation>Rückgängig</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Undo ({key})</source>
            <translation>Rückgängig ({key})</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Undo a stroke</source>
            <translation>Strich zurücknehmen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hiss.py" />
            <source>Unevenness over frequency</source>
            <translation>Ungleichmäßigkeit über der Frequenz</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>Unit</source>
            <translation>Einheit</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/annotate/strip.py" />
            <location filename="../../gui/triage/ruling.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Unsure</source>
            <translation>Unklar</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>Unsure ({key})</source>
            <translation>Unklar ({key})</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Up</source>
            <translation>Aufwärts</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>Up to {most} flashes within a second {words}, over up to {area} % of the picture, for {length}; the limit is {limit}. This is no certification.</source>
            <translation>Bis zu {most} Blitze in einer Sekunde {words}, auf bis zu {area} % des Bildes, für {length}; die Grenze ist {limit}. Das ist kein Zertifikat.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>Up to {most} lines</source>
            <translation>Bis zu {most} Zeilen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>Up to {share} % of the picture lies outside the luma codes 5–246 of 8 bits ({below} % below, {above} % above)</source>
            <translation>Bis zu {share} % des Bildes liegen außerhalb der Luma-Werte 5–246 von 8 Bit ({below} % darunter, {above} % darüber)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_banding.py" />
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>Upper end at</source>
            <translation>Oberes Ende bei</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Upper field</source>
            <translation>Oberes Halbbild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Upper field, lower field, one after the other, whole picture.</source>
            <translation>Oberes Halbbild, unteres, eines nach dem anderen, ganzes Bild.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Upscale</source>
            <translation>Hochskaliert</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>Value</source>
            <translation>Wert</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Vector</source>
            <translation>Vektor</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/scopes/pane.py" />
            <source>Vectorscope</source>
            <translation>Vektorskop</translation>
        </message>
        <message>
            <location filename="../../gui/queue/model.py" />
            <location filename="../../gui/queue/panel.py" />
            <location filename="../../gui/training/gate.py" />
            <location filename="../../gui/triage/batch_dialog.py" />
            <location filename="../../gui/verdict/bar.py" />
            <source>Verdict</source>
            <translation>Urteil</translation>
        </message>
        <message>
            <location filename="../../gui/triage/preview.py" />
            <source>Verdict now</source>
            <translation>Jetziges Urteil</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <location filename="../../gui/training/history.py" />
            <source>Verdicts</source>
            <translation>Urteile</translation>
        </message>
        <message>
            <location filename="../../gui/teach/finish.py" />
            <source>Verdicts about {detector} so far: {confirmed} confirmed, {rejected} false positives.</source>
            <translation>Urteile über {detector} bisher: {confirmed} bestätigt, {rejected} Fehlalarme.</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>Verdicts and analyses are kept. A file is known by its content, whatever it is called now and wherever it lies.</source>
            <translation>Urteile und Analysen bleiben erhalten. Eine Datei wird an ihrem Inhalt erkannt, wie auch immer sie jetzt heißt und wo sie liegt.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Verdicts before an offer</source>
            <translation>Urteile bis zu einem Angebot</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>Verdicts in gold titles, about one of five, are never trained on: the gate counts on them.</source>
            <translation>Mit Urteilen in Goldtiteln, etwa jedem fünften, wird nie trainiert: An ihnen zählt die Prüfung.</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>Verdicts or masks are not protected against changes any more.</source>
            <translation>Urteile oder Masken sind nicht mehr gegen Änderungen geschützt.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/licence.py" />
            <source>Version</source>
            <translation>Version</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>Versions</source>
            <translation>Versionen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>Versions and licences</source>
            <translation>Versionen und Lizenzen</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Versions and licences.</source>
            <translation>Versionen und Lizenzen.</translation>
        </message>
        <message>
            <location filename="../../core/models/voice_activity.py" />
            <source>Voice activity needs the package silero-vad, which is not installed.</source>
            <translation>Die Sprachaktivität braucht das Paket silero-vad, das nicht installiert ist.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_missing.py" />
            <source>Voices without a caption. Speech is found by a small network (Silero VAD), in any language; singing and crowds may pass for it, whispers may not.</source>
            <translation>Stimmen ohne Untertitel. Sprache findet ein kleines Netz (Silero VAD) in jeder Sprache; Gesang und Menschenmengen können dafür gehalten werden, Flüstern nicht.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Volume</source>
            <translation>Lautstärke</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Volume of channel {name}</source>
            <translation>Lautstärke von Kanal {name}</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Volume of channel {name}; up to {volume_gain:.1f}×</source>
            <translation>Lautstärke von Kanal {name}; bis {volume_gain:.1f}×</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Volume {percent} %</source>
            <translation>Lautstärke {percent} %</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>Volume, mute and solo of each channel</source>
            <translation>Lautstärke, Stumm und Solo jedes Kanals</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Vp9</source>
            <translation>VP9</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>Watching it ended with an error.</source>
            <translation>Die Überwachung endete mit einem Fehler.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>Wave</source>
            <translation>Welle</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <location filename="../../gui/panes/waveform.py" />
            <source>Waveform</source>
            <translation>Wellenform</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Waveform scale</source>
            <translation>Skala der Wellenform</translation>
        </message>
        <message>
            <location filename="../../gui/desk/analysis.py" />
            <source>Waveform, thumbnails</source>
            <translation>Wellenform, Vorschaubilder</translation>
        </message>
        <message>
            <location filename="../../core/reports/format.py" />
            <source>WebVTT</source>
            <translation>WebVTT</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Wednesday</source>
            <translation>Mittwoch</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Weekly</source>
            <translation>Wöchentlich</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Weighted by the chance with which each was drawn.</source>
            <translation>Gewichtet nach der Chance, mit der jede gezogen wurde.</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <location filename="../../gui/training/history.py" />
            <source>Weights</source>
            <translation>Gewichte</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Weights and titles</source>
            <translation>Gewichte und Titel</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>Weights and where they come from</source>
            <translation>Gewichte und woher sie kommen</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>Weights in use</source>
            <translation>Benutzte Gewichte</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>Weights in use: {name}</source>
            <translation>Benutzte Gewichte: {name}</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>What</source>
            <translation>Was</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <location filename="../../gui/training/window.py" />
            <source>What changes</source>
            <translation>Was sich ändert</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>What choosing samples gains over drawing them can vanish where training is strongly regularised, as it is here on purpose.</source>
            <translation>Was das Auswählen von Proben gegenüber dem Ziehen bringt, kann verschwinden, wo das Training stark regularisiert ist, wie hier mit Absicht.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>What comes and goes at once counts from</source>
            <translation>Was schlagartig kommt und geht, zählt ab</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>What demuxer and decoder complain of: damaged packets and frames, time stamps that are missing or run backwards, gaps. Streams that carry no time stamps by nature are not told.</source>
            <translation>Was Demuxer und Decoder beanstanden: beschädigte Pakete und Bilder, fehlende oder rückwärts laufende Zeitstempel, Lücken. Ströme, die von Natur aus keine Zeitstempel tragen, werden nicht gemeldet.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>What detectors miss</source>
            <translation>Was Detektoren übersehen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>What going back would change</source>
            <translation>Was eine Rückkehr ändern würde</translation>
        </message>
        <message>
            <location filename="../../gui/wall/grid.py" />
            <source>What happened on the channel</source>
            <translation>Was auf dem Kanal geschah</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <location filename="../../gui/triage/preview.py" />
            <source>What happens</source>
            <translation>Was geschieht</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>What happens to each flag</source>
            <translation>Was mit jedem Befund geschieht</translation>
        </message>
        <message>
            <location filename="../../gui/player/chip.py" />
            <source>What is heard</source>
            <translation>Was zu hören ist</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>What is still to be decided</source>
            <translation>Was noch zu entscheiden ist</translation>
        </message>
        <message>
            <location filename="../../gui/spot/answer.py" />
            <source>What is wrong in this clip?</source>
            <translation>Was stimmt in diesem Clip nicht?</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>What it does</source>
            <translation>Wirkung</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>What it says comes true as often as it says, as far as can be told.</source>
            <translation>Was er sagt, trifft so oft zu, wie er sagt, soweit sich das erkennen lässt.</translation>
        </message>
        <message>
            <location filename="../../gui/player/transport.py" />
            <source>What playback follows</source>
            <translation>Wonach sich die Wiedergabe richtet</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>What stands first among the flags of a title.</source>
            <translation>Was unter den Befunden eines Titels zuerst steht.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/support.py" />
            <source>What the chosen file holds</source>
            <translation>Inhalt der gewählten Datei</translation>
        </message>
        <message>
            <location filename="../../gui/queue/worst.py" />
            <location filename="../../gui/triage/panel.py" />
            <source>What the detector says</source>
            <translation>Was der Detektor sagt</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>What the edit list calls the first frame of the title</source>
            <translation>Wie die Schnittliste das erste Bild des Titels nennt</translation>
        </message>
        <message>
            <location filename="../../gui/training/threshold.py" />
            <source>What the fit says</source>
            <translation>Was die Anpassung sagt</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>What the gate says</source>
            <translation>Was die Prüfung sagt</translation>
        </message>
        <message>
            <location filename="../../core/store/check.py" />
            <source>What the library counts is not kept up to date any more.</source>
            <translation>Was die Bibliothek zählt, wird nicht mehr fortgeschrieben.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>What to keep in mind</source>
            <translation>Was zu bedenken ist</translation>
        </message>
        <message>
            <location filename="../../core/store/question.py" />
            <source>What was asked in {name} is damaged.</source>
            <translation>Was in {name} gefragt wurde, ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>What was seen in the frames is kept for the next round</source>
            <translation>Was in den Bildern gesehen wurde, bleibt für die nächste Runde</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <location filename="../../gui/training/history.py" />
            <source>When</source>
            <translation>Wann</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>When all is decided, {0} writes the report. Look at what can be written, and close it again.</source>
            <translation>Wenn alles entschieden ist, schreibt {0} den Bericht. Ansehen, was sich schreiben lässt, und wieder schließen.</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>When the desk says, quietly, that there is something to learn from.</source>
            <translation>Wann der Prüfplatz leise sagt, dass es etwas zu lernen gibt.</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/missed.py" />
            <location filename="../../gui/triage/panel.py" />
            <source>Where</source>
            <translation>Wo</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Where in the stretch to look</source>
            <translation>Welche Stelle des Abschnitts zu sehen ist</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Where marked, it is right more often than it says.</source>
            <translation>Wo markiert, hat er öfter recht, als er sagt.</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>Where marked, it is surer than it is right.</source>
            <translation>Wo markiert, ist er sicherer, als er recht hat.</translation>
        </message>
        <message>
            <location filename="../../gui/player/timecode_field.py" />
            <source>Where the picture stands. Click, type a timecode, press Enter to go there</source>
            <translation>Wo das Bild steht. Anklicken, Timecode eintippen, mit der Eingabetaste dorthin gehen</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>Where the sound is played.</source>
            <translation>Wo der Ton abgespielt wird.</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>Where the title lies</source>
            <translation>Wo der Titel liegt</translation>
        </message>
        <message>
            <location filename="../../core/review/whereabouts.py" />
            <source>Where you are cannot be kept on the disk, so a crash would lose your place and drafts; verdicts are not concerned.</source>
            <translation>Die Arbeitsstelle lässt sich nicht auf dem Datenträger merken; ein Absturz würde sie und Entwürfe kosten, Urteile sind nicht betroffen.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Whether everything is kept</source>
            <translation>Ob alles bewahrt ist</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>Which changes</source>
            <translation>Welche Änderungen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_combing.py" />
            <source>Which field is older</source>
            <translation>Welches Halbbild älter ist</translation>
        </message>
        <message>
            <location filename="../../gui/library/view.py" />
            <source>Which files could not be read, and why</source>
            <translation>Welche Dateien sich nicht lesen ließen, und warum</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Which language a text is in takes a classifier, which is a detector of its own.</source>
            <translation>In welcher Sprache ein Text ist, verlangt einen Klassifikator, also einen eigenen Detektor.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>Which one is quieter</source>
            <translation>Welcher leiser ist</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>Which pieces to ask about</source>
            <translation>Nach welchen Stücken gefragt wird</translation>
        </message>
        <message>
            <location filename="../../gui/player/channel_panel.py" />
            <source>Which sound of the title is heard and drawn</source>
            <translation>Welche Tonspur des Titels gehört und gezeichnet wird</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>White</source>
            <translation>Weiß</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>Who says what</source>
            <translation>Wer was sagt</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <source>Whole</source>
            <translation>Unversehrt</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/piece.py" />
            <source>Whole frame</source>
            <translation>Ganzes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Whole frame, rectangles of 16 to 128 pixels, superpixels.</source>
            <translation>Ganzes Bild, Rechtecke von 16 bis 128 Pixeln, Superpixel.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <location filename="../../gui/simulate/form.py" />
            <source>Whole picture</source>
            <translation>Ganzes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>Whole picture; drag on the preview for a part</source>
            <translation>Ganzes Bild; in der Vorschau ziehen, um einen Teil zu wählen</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/backup.py" />
            <location filename="../../gui/training/gate.py" />
            <source>Why</source>
            <translation>Anlass</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>Width of the brush</source>
            <translation>Breite des Pinsels</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>Width of the picture</source>
            <translation>Breite des Bildes</translation>
        </message>
        <message>
            <location filename="../../gui/triage/preview.py" />
            <source>Will be decided</source>
            <translation>Wird entschieden</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Wipe</source>
            <translation>Wischblende</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>With few verdicts chance decides much: look at the intervals, not at the last digit.</source>
            <translation>Bei wenigen Urteilen entscheidet viel der Zufall: Achten Sie auf die Intervalle, nicht auf die letzte Ziffer.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>Within {length} {list}.</source>
            <translation>Innerhalb von {length}: {list}.</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/audition.py" />
            <source>Without</source>
            <translation>Ohne</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/triage/keys.py" />
            <source>Worst</source>
            <translation>Schlimmstes</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>Worst frame</source>
            <translation>Schlimmstes Bild</translation>
        </message>
        <message>
            <location filename="../../gui/queue/worst.py" />
            <location filename="../../gui/triage/evidence.py" />
            <source>Worst frame of the selected flag</source>
            <translation>Schlimmstes Bild des gewählten Befunds</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Wow</source>
            <translation>Gleichlauf</translation>
        </message>
        <message>
            <location filename="../../core/domain/defect.py" />
            <source>Wow and flutter</source>
            <translation>Gleichlaufschwankung</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Write a comment on the flag.</source>
            <translation>Den Befund kommentieren.</translation>
        </message>
        <message>
            <location filename="../../gui/verdict/bar.py" />
            <source>Write a comment{hint}</source>
            <translation>Kommentar schreiben{hint}</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Write a report, or marks to edit by.</source>
            <translation>Einen Bericht schreiben, oder Marken für den Schnitt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Write the masks as COCO, CVAT or PNG.</source>
            <translation>Die Masken als COCO, CVAT oder PNG schreiben.</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/dialog.py" />
            <source>Write the whole title, not only the stretch and its surroundings</source>
            <translation>Den ganzen Titel schreiben, nicht nur den Abschnitt und seine Umgebung</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <location filename="../../gui/dialogs/export.py" />
            <source>Writing {name} …</source>
            <translation>{name} wird geschrieben …</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Wrong characters</source>
            <translation>Falsche Zeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>Wrong characters: UTF-8 read in another code page, other scripts read as Latin-1, replacement and control characters, private use, and markup that shows. Signs of a font's own (private use) are FYI.</source>
            <translation>Falsche Zeichen: UTF-8 in anderer Codepage gelesen, andere Schriften als Latin-1 gelesen, Ersatz- und Steuerzeichen, privater Bereich und sichtbare Auszeichnung. Zeichen einer eigenen Schrift (privater Bereich) sind Infos.</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>You accepted it. History takes you back.</source>
            <translation>Sie haben es angenommen. Der Verlauf führt zurück.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/neighbour.py" />
            <source>You are asked for a second look; what others said is hidden</source>
            <translation>Eine Zweitsichtung ist gewünscht; was andere gesagt haben, ist verborgen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/neighbour.py" />
            <source>You are asked to settle disputes at this title</source>
            <translation>Bei diesem Titel sind Streitfälle zu schlichten</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>You refused it.</source>
            <translation>Sie haben es abgelehnt.</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Your decisions from now on are the last word where people disagree.</source>
            <translation>Die eigenen Entscheidungen gelten ab jetzt als letztes Wort, wo Menschen sich uneins sind.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>Zero</source>
            <translation>Null</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Zoom in</source>
            <translation>Vergrößern</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Zoom out</source>
            <translation>Verkleinern</translation>
        </message>
        <message>
            <location filename="../../gui/actions" />
            <source>Zoom to the flag</source>
            <translation>Auf den Befund zoomen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>a gap of {length}</source>
            <translation>eine Lücke von {length}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>a pair</source>
            <translation>Kanalpaar</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>about {hours} h</source>
            <translation>etwa {hours} h</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>about {minutes} min</source>
            <translation>etwa {minutes} min</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>above 246</source>
            <translation>über 246</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>above white</source>
            <translation>über Weiß</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <location filename="../../gui/training/word.py" />
            <source>accepted</source>
            <translation>angenommen</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>action 93 %</source>
            <translation>Action 93 %</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>added here</source>
            <translation>hier hinzugefügt</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <location filename="../../gui/annotate/panel.py" />
            <source>after</source>
            <translation>nach</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>against</source>
            <translation>gegen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>ahead of</source>
            <translation>voraus</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>all kept</source>
            <translation>alles bewahrt</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <location filename="../../gui/language.py" />
            <source>and</source>
            <translation>und</translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/simulate.py" />
            <source>and %n more</source>
            <translation>
                <numerusform>und %n weiterer</numerusform>
                <numerusform>und %n weitere</numerusform>
            </translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>and comes and goes by itself</source>
            <translation>und kommt und geht für sich allein</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>and comes back after {length}</source>
            <translation>und kommt nach {length} zurück</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_level_jump.py" />
            <source>and stays there</source>
            <translation>und bleibt dort</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>another one does</source>
            <translation>ein weiterer ist es</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/intake.py" />
            <source>as the list says, else {first}</source>
            <translation>wie die Liste sagt, sonst {first}</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/strip.py" />
            <source>asked about</source>
            <translation>gefragt</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>asked in one analysis only: {names}</source>
            <translation>nur in einer Analyse gefragt: {names}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>at {low} % of the height</source>
            <translation>bei {low} % der Höhe</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>audio</source>
            <translation>Ton</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <location filename="../../gui/annotate/panel.py" />
            <source>before</source>
            <translation>vor</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrum.py" />
            <source>before {level_text}</source>
            <translation>vorher {level_text}</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/annotate/strip.py" />
            <source>begun</source>
            <translation>begonnen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>behind</source>
            <translation>hinterher</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>below 5</source>
            <translation>unter 5</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>below black</source>
            <translation>unter Schwarz</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>best possible</source>
            <translation>bestmöglich</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>better</source>
            <translation>besser</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>between dark and bright</source>
            <translation>zwischen dunkel und hell</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>between {low} and {high} % of the height</source>
            <translation>zwischen {low} und {high} % der Höhe</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>black</source>
            <translation>schwarz</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>blue</source>
            <translation>blau</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>bottom</source>
            <translation>unten</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>bright</source>
            <translation>helles</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>by chance</source>
            <translation>zufällig</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>by the picture</source>
            <translation>am Bild</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>by the sound</source>
            <translation>am Ton</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>came with Onglass</source>
            <translation>mit Onglass gekommen</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>caption</source>
            <translation>Untertitel</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>captions</source>
            <translation>Untertitel</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat.py" />
            <source>cell {row},{column} · {value} · {where}</source>
            <translation>Zelle {row},{column} · {value} · {where}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>character without meaning</source>
            <translation>Zeichen ohne Bedeutung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>characters without meaning</source>
            <translation>Zeichen ohne Bedeutung</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>clicks</source>
            <translation>Knackser</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>clipping</source>
            <translation>Clipping</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>codec</source>
            <translation>Codec</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>computing…</source>
            <translation>wird berechnet …</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/glyph.py" />
            <location filename="../../gui/training/word.py" />
            <source>confirmed</source>
            <translation>bestätigt</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>confirmed flags still raised</source>
            <translation>bestätigte Befunde, noch gemeldet</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>control character</source>
            <translation>Steuerzeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>control characters</source>
            <translation>Steuerzeichen</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/meter.py" />
            <source>correlation {value}</source>
            <translation>Korrelation {value}</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/meter.py" />
            <source>correlation −</source>
            <translation>Korrelation −</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/class_dialog.py" />
            <source>corrupt</source>
            <translation>defekt</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>counts</source>
            <translation>maßgeblich</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>creative intent</source>
            <translation>gestalterische Absicht</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>cut-off end</source>
            <translation>abgeschnittenes Ende</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>cut-off ends</source>
            <translation>abgeschnittene Enden</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>cyan</source>
            <translation>cyan</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>damaged frame</source>
            <translation>beschädigtes Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>damaged frames</source>
            <translation>beschädigte Bilder</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>damaged packet</source>
            <translation>beschädigtes Paket</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>damaged packets</source>
            <translation>beschädigte Pakete</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>dark</source>
            <translation>dunkles</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>decide</source>
            <translation>Entscheiden</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>decode</source>
            <translation>Dekodieren</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>decoder error</source>
            <translation>Decoderfehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>decoder errors</source>
            <translation>Decoderfehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <location filename="../../core/catalog/rule_silence.py" />
            <source>digital silence</source>
            <translation>digitale Stille</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/annotate/strip.py" />
            <location filename="../../gui/desk/analysis.py" />
            <location filename="../../gui/library/word.py" />
            <source>done</source>
            <translation>fertig</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>drops</source>
            <translation>fällt</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>duplicate</source>
            <translation>Dublette</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>early</source>
            <translation>zu früh</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>end</source>
            <translation>Ende</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>everybody (Fleiss)</source>
            <translation>alle (Fleiss)</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>examined, waits for you</source>
            <translation>geprüft, wartet auf Sie</translation>
        </message>
        <message>
            <location filename="../../gui/desk/analysis.py" />
            <location filename="../../gui/library/word.py" />
            <location filename="../../gui/training/word.py" />
            <source>failed</source>
            <translation>fehlgeschlagen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>falls</source>
            <translation>fällt</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>false alarms</source>
            <translation>Fehlalarme</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>false positive</source>
            <translation>Fehlalarm</translation>
        </message>
        <message>
            <location filename="../../gui/library/model.py" />
            <source>file missing</source>
            <translation>Datei fehlt</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>fix</source>
            <translation>beheben</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>folder</source>
            <translation>Ordner</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>following motion</source>
            <translation>verfolgt Bewegung</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <source>frames</source>
            <translation>Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>from {threshold:.2f} · opacity {opacity:.0%}</source>
            <translation>ab {threshold:.2f} · Deckkraft {opacity:.0%}</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>gained</source>
            <translation>hinzugekommen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>green</source>
            <translation>grün</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>grey</source>
            <translation>grau</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>has a line of {value} characters (limit {line})</source>
            <translation>hat eine Zeile mit {value} Zeichen (Grenze {line})</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>has {value} lines (limit {line})</source>
            <translation>hat {value} Zeilen (Grenze {line})</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>highest {value}</source>
            <translation>Höchstwert {value}</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>hiss</source>
            <translation>Rauschen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>how long it takes to be told from music</source>
            <translation>so lange dauert es, bis es sich von Musik unterscheiden lässt</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>hum</source>
            <translation>Brummen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_loudness.py" />
            <source>in {times} steps of 0.1 s within {length}</source>
            <translation>in {times} Schritten von 0.1 s innerhalb von {length}</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>intent</source>
            <translation>Absicht</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>its clip is still being written</source>
            <translation>sein Clip wird noch geschrieben</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>jumps back by {length}</source>
            <translation>springt um {length} zurück</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>language</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>lasted {length}</source>
            <translation>dauerte {length}</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>late</source>
            <translation>zu spät</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>later</source>
            <translation>später</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>learning masks</source>
            <translation>lernt Masken</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>leaves a gap of {value} (least {line})</source>
            <translation>lässt einen Abstand von {value} (mindestens {line})</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>left</source>
            <translation>links</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>left out on this machine</source>
            <translation>auf diesem Rechner ausgelassen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>less black at the {list}</source>
            <translation>weniger Schwarz {list}</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>less than a minute</source>
            <translation>weniger als eine Minute</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>lips and sound do not match clearly at any offset</source>
            <translation>Lippen und Ton passen bei keinem Versatz deutlich zusammen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>looking at frames</source>
            <translation>betrachtet Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>lost</source>
            <translation>weggefallen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>lost character (U+FFFD)</source>
            <translation>verlorenes Zeichen (U+FFFD)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>lost characters (U+FFFD)</source>
            <translation>verlorene Zeichen (U+FFFD)</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>louder</source>
            <translation>lauter</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>made {name} from {parent}</source>
            <translation>machte {name} aus {parent}</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>magenta</source>
            <translation>magenta</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>map of this frame</source>
            <translation>Heatmap dieses Bildes</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>map of {earlier}</source>
            <translation>Heatmap von {earlier}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>mark another one with {start} and {end}</source>
            <translation>einen anderen markieren mit {start} und {end}</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>measure</source>
            <translation>Messen</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>measuring with the candidate</source>
            <translation>misst mit dem Kandidaten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>misread character</source>
            <translation>falsch gelesenes Zeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>misread characters</source>
            <translation>falsch gelesene Zeichen</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>missed</source>
            <translation>übersehen</translation>
        </message>
        <message>
            <location filename="../../gui/glyph.py" />
            <source>missed defect</source>
            <translation>übersehener Fehler</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>missing time stamp</source>
            <translation>fehlender Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>missing time stamps</source>
            <translation>fehlende Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>more black at the {list}</source>
            <translation>mehr Schwarz {list}</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>most unsure</source>
            <translation>am unsichersten</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>motion jumps by about two frames {times}</source>
            <translation>die Bewegung springt {times} um etwa zwei Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>moved</source>
            <translation>verschoben</translation>
        </message>
        <message>
            <location filename="../../core/config/table.py" />
            <location filename="../../gui/compare/window.py" />
            <source>ms</source>
            <translation>ms</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>no captions in this title</source>
            <translation>keine Untertitel in diesem Titel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>no face is large and steady enough to read its lips</source>
            <translation>kein Gesicht ist groß und ruhig genug, um die Lippen zu lesen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>no face is to be seen</source>
            <translation>kein Gesicht ist zu sehen</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>no finding stands behind it now</source>
            <translation>kein Messergebnis stützt ihn mehr</translation>
        </message>
        <message>
            <location filename="../../gui/player/heat.py" />
            <source>no map</source>
            <translation>keine Heatmap</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>no map: last look {earlier}</source>
            <translation>keine Heatmap: zuletzt untersucht {earlier}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>no map: not looked at</source>
            <translation>keine Heatmap: nicht untersucht</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>no map: {sentence}</source>
            <translation>keine Heatmap: {sentence}</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>no picture</source>
            <translation>kein Bild</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>no picture in this title</source>
            <translation>kein Bild in diesem Titel</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>no sound in this title</source>
            <translation>kein Ton in diesem Titel</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>no worse</source>
            <translation>nicht schlechter</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>nobody is heard speaking</source>
            <translation>niemand ist beim Sprechen zu hören</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>not analysed yet</source>
            <translation>noch nicht analysiert</translation>
        </message>
        <message>
            <location filename="../../gui/panes/spectrogram.py" />
            <location filename="../../gui/panes/waveform.py" />
            <source>not computed yet</source>
            <translation>noch nicht berechnet</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>not decided</source>
            <translation>nicht entschieden</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/about.py" />
            <source>not installed</source>
            <translation>nicht installiert</translation>
        </message>
        <message>
            <location filename="../../gui/compare/curve.py" />
            <source>not measured here</source>
            <translation>hier nicht gemessen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/annotate/strip.py" />
            <source>not seen</source>
            <translation>nicht gesehen</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>not visible</source>
            <translation>nicht sichtbar</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>nothing decided</source>
            <translation>nichts entschieden</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>nothing new</source>
            <translation>nichts Neues</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>nothing out of range</source>
            <translation>nichts außerhalb</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>off</source>
            <translation>aus</translation>
        </message>
        <message>
            <location filename="../../gui/timeline/lane.py" />
            <source>off in this profile</source>
            <translation>in diesem Profil aus</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>one channel has no phase</source>
            <translation>ein einzelner Kanal hat keine Phase</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>one frame</source>
            <translation>einem Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>only {name}</source>
            <translation>nur {name}</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>only {start} – {end}</source>
            <translation>nur {start} – {end}</translation>
        </message>
        <message>
            <location filename="../../gui/actions/action_set.py" />
            <source>or</source>
            <translation>oder</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>out of step</source>
            <translation>auseinander</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>over {area} % of the picture</source>
            <translation>auf {area} % des Bildes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>overlaps the next one by {value}</source>
            <translation>überlappt den nächsten um {value}</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <location filename="../../gui/training/word.py" />
            <source>paused</source>
            <translation>pausiert</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>picture</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>picture size</source>
            <translation>Bildgröße</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>playing: 1 line in {step}</source>
            <translation>Wiedergabe: 1 von {step} Zeilen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <location filename="../../gui/annotate/strip.py" />
            <source>predicted</source>
            <translation>vorhergesagt</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>predicting masks</source>
            <translation>sagt Masken vorher</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>published: area over .07 of the map</source>
            <translation>veröffentlicht: Fläche über .07 der Karte</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>quieter</source>
            <translation>leiser</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>ranking (ROC AUC)</source>
            <translation>Rangfolge (ROC AUC)</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>reading frames</source>
            <translation>liest Bilder</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>recall</source>
            <translation>Trefferquote</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>red</source>
            <translation>rot</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>refused</source>
            <translation>abgelehnt</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/glyph.py" />
            <location filename="../../gui/training/word.py" />
            <source>rejected</source>
            <translation>verworfen</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>rejected flags still raised</source>
            <translation>verworfene Befunde, noch gemeldet</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>right</source>
            <translation>rechts</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>rises</source>
            <translation>steigt</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>rolled back</source>
            <translation>zurückgegangen</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>running or interrupted</source>
            <translation>läuft oder unterbrochen</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>runs at {value} characters a second (limit {line})</source>
            <translation>läuft mit {value} Zeichen pro Sekunde (Grenze {line})</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_av_drift.py" />
            <source>runs {length} {way} its time stamps within {length2}</source>
            <translation>läuft seinen Zeitstempeln innerhalb von {length2} um {length} {way}</translation>
        </message>
        <message>
            <location filename="../../gui/training/reliability.py" />
            <source>said {said} %, confirmed {share} % of {count}</source>
            <translation>gesagt {said} %, bestätigt {share} % von {count}</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>score {score:.2f}</source>
            <translation>Stärke {score:.2f}</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>score {score}</source>
            <translation>Stärke {score}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/neighbour.py" />
            <source>settling</source>
            <translation>schlichtet</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>shows for {value} (least {line})</source>
            <translation>steht {value} (mindestens {line})</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>simulated test</source>
            <translation>simulierter Test</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_block_corruption.py" />
            <source>somewhere in the picture</source>
            <translation>irgendwo im Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>sound</source>
            <translation>Ton</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>sound with the picture</source>
            <translation>Ton mit dem Bild</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>sound {size} ms early</source>
            <translation>Ton {size} ms zu früh</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>sound {size} ms late</source>
            <translation>Ton {size} ms zu spät</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>speech</source>
            <translation>Sprache</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>stand</source>
            <translation>heben</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>stands</source>
            <translation>hebt</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>start</source>
            <translation>Anfang</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>starts from {parent}</source>
            <translation>geht aus von {parent}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <source>stays for {value} (limit {line})</source>
            <translation>bleibt {value} stehen (Grenze {line})</translation>
        </message>
        <message>
            <location filename="../../gui/desk/analysis.py" />
            <location filename="../../gui/library/word.py" />
            <source>stopped</source>
            <translation>abgebrochen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <location filename="../../gui/desk/job.py" />
            <source>stopping</source>
            <translation>wird abgebrochen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>store</source>
            <translation>Speichern</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>tag, entity or escape</source>
            <translation>Tag, Entity oder Escape</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>tags, entities or escapes</source>
            <translation>Tags, Entities oder Escapes</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>the best offset lies at the end of what was searched</source>
            <translation>der beste Versatz liegt am Rand des Suchbereichs</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>the borders move</source>
            <translation>die Balken wandern</translation>
        </message>
        <message>
            <location filename="../../gui/player/clip.py" />
            <source>the clip</source>
            <translation>den Ausschnitt</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>the first entry shows all</source>
            <translation>der erste Eintrag zeigt alle</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>the fourth pair</source>
            <translation>vierten Paar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>the front pair</source>
            <translation>vorderen Paar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>the motion then jumps, as if others were dropped</source>
            <translation>die Bewegung springt danach, als wären andere ausgelassen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>the original</source>
            <translation>das Original</translation>
        </message>
        <message>
            <location filename="../../gui/desk/sample.py" />
            <source>the sample title, which is made once: {progress}</source>
            <translation>den Beispieltitel, der einmalig erzeugt wird: {progress}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>the second pair</source>
            <translation>zweiten Paar</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>the sound is with the picture</source>
            <translation>der Ton passt zum Bild</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>the sound is {size} ms early</source>
            <translation>der Ton ist {size} ms zu früh</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>the sound is {size} ms late</source>
            <translation>der Ton ist {size} ms zu spät</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_phase.py" />
            <source>the third pair</source>
            <translation>dritten Paar</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>the titles learned from</source>
            <translation>die gelernten Titel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>time stamp that runs backwards</source>
            <translation>rückwärts laufender Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>time stamps that run backwards</source>
            <translation>rückwärts laufende Zeitstempel</translation>
        </message>
        <message>
            <location filename="../../gui/scopes/overlay.py" />
            <source>title 90 %</source>
            <translation>Title 90 %</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_flashing.py" />
            <source>to and from saturated red</source>
            <translation>zu und von gesättigtem Rot</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>top</source>
            <translation>oben</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <location filename="../../gui/training/word.py" />
            <source>training</source>
            <translation>trainiert</translation>
        </message>
        <message>
            <location filename="../../gui/training/window.py" />
            <source>training now</source>
            <translation>trainiert gerade</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <location filename="../../gui/sync/word.py" />
            <source>two offsets are equally likely</source>
            <translation>zwei Versätze sind gleich wahrscheinlich</translation>
        </message>
        <message>
            <location filename="../../gui/compare/run_dialog.py" />
            <source>unchanged</source>
            <translation>unverändert</translation>
        </message>
        <message>
            <location filename="../../gui/glyph.py" />
            <location filename="../../gui/queue/flag_text.py" />
            <source>undecided</source>
            <translation>offen</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>unknown</source>
            <translation>unbekannt</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>unlike each other</source>
            <translation>einander unähnlich</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <location filename="../../gui/glyph.py" />
            <source>unsure</source>
            <translation>unklar</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <source>unsure and unlike each other</source>
            <translation>unsicher und unähnlich</translation>
        </message>
        <message>
            <location filename="../../gui/triage/batch_dialog.py" />
            <source>up to score</source>
            <translation>bis Stärke</translation>
        </message>
        <message>
            <location filename="../../gui/wording.py" />
            <source>video</source>
            <translation>Bild</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/round_box.py" />
            <location filename="../../gui/desk/job.py" />
            <location filename="../../gui/training/word.py" />
            <source>waiting</source>
            <translation>wartet</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>was confirmed</source>
            <translation>wurde bestätigt</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>was left unsure</source>
            <translation>blieb unsicher</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>was marked as missed</source>
            <translation>wurde als übersehen markiert</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>was rejected</source>
            <translation>wurde verworfen</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>whether detectors flagged it</source>
            <translation>Befund der Detektoren</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>while the picture moves</source>
            <translation>während das Bild sich bewegt</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>white</source>
            <translation>weiß</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>without {name}</source>
            <translation>ohne {name}</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>worse</source>
            <translation>schlechter</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>wrong characters</source>
            <translation>falsche Zeichen</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>yellow</source>
            <translation>gelb</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>your gold titles</source>
            <translation>Ihre Goldtitel</translation>
        </message>
        <message>
            <location filename="../../gui/tour/step.py" />
            <source>{0} skips to the next flag that nobody has decided.</source>
            <translation>{0} springt zum nächsten Befund, über den noch niemand entschieden hat.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>{a} against {b}</source>
            <translation>{a} gegen {b}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <source>{captions} captions show</source>
            <translation>{captions} Untertitel zeigen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spectrum.py" />
            <source>{channel}  flag {where}</source>
            <translation>{channel}  Befund {where}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/spectrum.py" />
            <source>{channel}  marked {where}</source>
            <translation>{channel}  markiert {where}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/simulate.py" />
            <source>{clip} is written; {truth} says what.</source>
            <translation>{clip} ist geschrieben; {truth} beschreibt den Schaden.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/sync_verdict.py" />
            <source>{confidence} % sure</source>
            <translation>zu {confidence} % sicher</translation>
        </message>
        <message>
            <location filename="../../gui/training/score.py" />
            <source>{confirmed} of {count} flags confirmed. Calibration error (ECE) {error}, Brier score {brier}.</source>
            <translation>{confirmed} von {count} Befunden bestätigt. Kalibrierungsfehler (ECE) {error}, Brier-Wert {brier}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>{count} captions come ever more out of step: first {first}, last {last} {way}</source>
            <translation>{count} Untertitel laufen zunehmend auseinander: zuerst {first}, zuletzt {last} {way}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_sync.py" />
            <source>{count} captions come {length} {way} against the speech</source>
            <translation>{count} Untertitel kommen gegenüber der Sprache um {length} {way}</translation>
        </message>
        <message>
            <location filename="../../core/catalog" />
            <source>{count} captions show {list}</source>
            <translation>{count} Untertitel zeigen {list}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>{count} clicks in {length} ({count2} a second)</source>
            <translation>{count} Knackser in {length} ({count2} pro Sekunde)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>{count} frame within {length} show parts of two: motion above and below a line disagrees, {place}.</source>
            <translation>{count} Bild innerhalb von {length} zeigt Teile von zweien: Die Bewegung über und unter einer Linie passt nicht zusammen, {place}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>{count} frame within {length} shows parts of two: motion above and below a line disagrees, {place}.</source>
            <translation>{count} Bild innerhalb von {length} zeigt Teile von zweien: Die Bewegung über und unter einer Linie passt nicht zusammen, {place}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>{count} frames within {length} show parts of two: motion above and below a line disagrees, {place}.</source>
            <translation>{count} Bilder innerhalb von {length} zeigen Teile von zweien: Die Bewegung über und unter einer Linie passt nicht zusammen, {place}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_tearing.py" />
            <source>{count} frames within {length} shows parts of two: motion above and below a line disagrees, {place}.</source>
            <translation>{count} Bilder innerhalb von {length} zeigen Teile von zweien: Die Bewegung über und unter einer Linie passt nicht zusammen, {place}.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/window.py" />
            <source>{count} frames: PSNR Y {psnr} dB, SSIM Y {ssim} on average</source>
            <translation>{count} Bilder: im Mittel PSNR Y {psnr} dB, SSIM Y {ssim}</translation>
        </message>
        <message>
            <location filename="../../gui/training/word.py" />
            <source>{count} min</source>
            <translation>{count} min</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>{count} others do</source>
            <translation>{count} weitere sind es</translation>
        </message>
        <message>
            <location filename="../../core/catalog/artifact_note.py" />
            <source>{count} stand out by themselves, {count2} a second.</source>
            <translation>{count} heben sich für sich allein ab, {count2} pro Sekunde.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/row.py" />
            <source>{count} undecided: {defects}</source>
            <translation>{count} offen: {defects}</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>{decided} decided, {left} left</source>
            <translation>{decided} entschieden, {left} übrig</translation>
        </message>
        <message>
            <location filename="../../gui/queue/flag_text.py" />
            <source>{defect} at {start}, {length:.3f} s</source>
            <translation>{defect} bei {start}, {length:.3f} s</translation>
        </message>
        <message>
            <location filename="../../gui/triage/panel.py" />
            <source>{defect}, and {count} more with it</source>
            <translation>{defect} und {count} weitere dabei</translation>
        </message>
        <message>
            <location filename="../../gui/library/detail.py" />
            <source>{defect}: {undecided} of {flags}</source>
            <translation>{defect}: {undecided} von {flags}</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/course.py" />
            <source>{detector} does not learn from verdicts, but its thresholds can be fitted.</source>
            <translation>{detector} lernt nicht aus Urteilen, aber seine Schwellen lassen sich anpassen.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>{done} done, {begun} begun, {predicted} predicted of {frames} frames · {clicks} clicks in {time}</source>
            <translation>{done} fertig, {begun} begonnen, {predicted} vorhergesagt von {frames} Bildern · {clicks} Klicks in {time}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{format}; there are {list}.</source>
            <translation>{format}; es gibt {list}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>{frames} frames</source>
            <translation>{frames} Bildern</translation>
        </message>
        <message>
            <location filename="../../gui/training/change.py" />
            <source>{gained} gained, {lost} lost, {kept} kept in {titles} titles</source>
            <translation>{gained} hinzugekommen, {lost} verloren, {kept} behalten in {titles} Titeln</translation>
        </message>
        <message>
            <location filename="../../gui/desk/sync.py" />
            <source>{held}; confirming keeps it</source>
            <translation>{held}; Bestätigen behält ihn</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_dropout.py" />
            <source>{inside} dBFS</source>
            <translation>{inside} dBFS</translation>
        </message>
        <message>
            <location filename="../../gui/desk/analysis.py" />
            <source>{job} of a stretch</source>
            <translation>{job} eines Abschnitts</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>{jumped} times</source>
            <translation>{jumped}-mal</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/shortcut.py" />
            <source>{key} belongs to {actions}.</source>
            <translation>{key} gehört zu {actions}.</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>{length} of work</source>
            <translation>{length} Arbeit</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_caption_encoding.py" />
            <location filename="../../core/catalog/rule_caption_readability.py" />
            <location filename="../../core/catalog/rule_decode_error.py" />
            <source>{list} and {parts}</source>
            <translation>{list} und {parts}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_levels.py" />
            <source>{list}, for {length}.</source>
            <translation>{list}, für {length}.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/source.py" />
            <source>{masked} is DASH, which this build of FFmpeg cannot read; watch the HLS playlist of the same stream.</source>
            <translation>{masked} ist DASH, das diese Fassung von FFmpeg nicht lesen kann; die HLS-Liste desselben Streams überwachen.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/source.py" />
            <source>{masked} is no stream that can be watched; name a URL (http, https, rtsp, rtmp, srt, udp, rtp, tcp), device:NAME or screen:.</source>
            <translation>{masked} ist kein Stream, der überwacht werden kann; eine URL (http, https, rtsp, rtmp, srt, udp, rtp, tcp), device:NAME oder screen: nennen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_silence.py" />
            <source>{mean} dBFS on average</source>
            <translation>im Mittel {mean} dBFS</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>{metrics} colour bars stand</source>
            <translation>{metrics} Farbbalken stehen</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>{metric}: {value:.4g}{unit}, flagged from {line:.4g}{unit}</source>
            <translation>{metric}: {value:.4g}{unit}, gemeldet ab {line:.4g}{unit}</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>{min} to {max} ms apart where {usual} ms is usual</source>
            <translation>{min} bis {max} ms auseinander, üblich sind {usual} ms</translation>
        </message>
        <message>
            <location filename="../../gui/training/history.py" />
            <source>{name} (in use)</source>
            <translation>{name} (benutzt)</translation>
        </message>
        <message>
            <location filename="../../gui/training/gate.py" />
            <source>{name} (less is better)</source>
            <translation>{name} (weniger ist besser)</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/profile.py" />
            <source>{name} (own)</source>
            <translation>{name} (eigenes)</translation>
        </message>
        <message>
            <location filename="../../gui/desk/annotate.py" />
            <source>{name} belongs to other pictures of this title than those shown here.</source>
            <translation>{name} gehört zu anderen Bildern dieses Titels als den hier gezeigten.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} cannot be opened: it is damaged, incomplete or not a media file.</source>
            <translation>{name} lässt sich nicht öffnen: Die Datei ist beschädigt, unvollständig oder keine Mediendatei.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} cannot be read any more: its drive or network reports an error. What was measured and decided is kept.</source>
            <translation>{name} lässt sich nicht mehr lesen: Laufwerk oder Netz meldet einen Fehler. Gemessenes und Entschiedenes bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/decode_error.py" />
            <source>{name} cannot be read as media.</source>
            <translation>{name} lässt sich nicht als Mediendatei lesen.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/coco.py" />
            <location filename="../../core/annotation/exchange/cvat.py" />
            <location filename="../../core/annotation/exchange/png.py" />
            <location filename="../../core/media/source.py" />
            <location filename="../../core/store/lineage.py" />
            <location filename="../../core/store/question.py" />
            <location filename="../../core/worker/heat.py" />
            <source>{name} cannot be read.</source>
            <translation>{name} lässt sich nicht lesen.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/retime.py" />
            <source>{name} cannot be written with other times.</source>
            <translation>{name} lässt sich nicht mit anderen Zeiten schreiben.</translation>
        </message>
        <message>
            <location filename="../../core/media/writer.py" />
            <location filename="../../core/simulate/title.py" />
            <location filename="../../core/store/whole_file.py" />
            <source>{name} cannot be written.</source>
            <translation>{name} lässt sich nicht schreiben.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/offer.py" />
            <source>{name} could learn from {verdicts}; {key} opens training</source>
            <translation>{name} könnte lernen: {verdicts}; {key} öffnet das Training</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>{name} could not be read to its end; check its drive or network.</source>
            <translation>{name} ließ sich nicht bis zum Ende lesen; Laufwerk oder Netz prüfen.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} does not exist.</source>
            <translation>{name} gibt es nicht.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>{name} exists already. Replace it?</source>
            <translation>{name} gibt es schon. Ersetzen?</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>{name} for {length}; the network is {sure} % sure.{note}</source>
            <translation>{name} für {length}; das Netz ist zu {sure} % sicher.{note}</translation>
        </message>
        <message>
            <location filename="../../core/simulate/av_length.py" />
            <source>{name} has a stream without packets.</source>
            <translation>{name} hat einen Strom ohne Pakete.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} has been cut short on the disk since it was opened; open it again. What was measured and decided is kept.</source>
            <translation>{name} wurde seit dem Öffnen auf dem Datenträger gekürzt; erneut öffnen. Gemessenes und Entschiedenes bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../core/compare/run.py" />
            <source>{name} has no analysis number {number}; it has {runs}.</source>
            <translation>{name} hat keine Analyse Nummer {number}; vorhanden sind {runs}.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>{name} has no card beside it, and weights are not added without.</source>
            <translation>{name} hat keine Karte bei sich, und ohne werden keine Gewichte aufgenommen.</translation>
        </message>
        <message>
            <location filename="../../core/compare/run.py" />
            <source>{name} has no finished analysis.</source>
            <translation>{name} hat keine abgeschlossene Analyse.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <source>{name} has no masks to export.</source>
            <translation>{name} hat keine Masken zu exportieren.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/decode_error.py" />
            <source>{name} has no packets in the stretch that is to be damaged.</source>
            <translation>{name} hat im zu beschädigenden Abschnitt keine Pakete.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/preview.py" />
            <source>{name} has no picture at {at_s} s.</source>
            <translation>{name} hat bei {at_s} s kein Bild.</translation>
        </message>
        <message>
            <location filename="../../core/worker/heat.py" />
            <source>{name} has no picture stream {stream}.</source>
            <translation>{name} hat keinen Bildstrom {stream}.</translation>
        </message>
        <message>
            <location filename="../../gui/compare/lane.py" />
            <source>{name} has no picture to compare.</source>
            <translation>{name} hat kein Bild zum Vergleichen.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/book.py" />
            <location filename="../../gui/desk/annotate.py" />
            <source>{name} has no pictures that could be labelled.</source>
            <translation>{name} hat keine Bilder, die man beschriften könnte.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/av_drift.py" />
            <source>{name} has no sound that could drift.</source>
            <translation>{name} hat keinen Ton, der driften könnte.</translation>
        </message>
        <message>
            <location filename="../../core/review/training.py" />
            <source>{name} has no whole analysis by this detector.</source>
            <translation>{name} hat keine ganze Analyse durch diesen Detektor.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>{name} has no {what}, so “{defect}” cannot be made in it.</source>
            <translation>{name} hat kein {what}, deshalb lässt sich „{defect}“ darin nicht erzeugen.</translation>
        </message>
        <message>
            <location filename="../../core/analysis/plan.py" />
            <source>{name} has nothing that these detectors can measure.</source>
            <translation>{name} enthält nichts, was diese Detektoren messen könnten.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>{name} holds no picture or sound that can be decoded.</source>
            <translation>{name} enthält weder Bild noch Ton, der sich dekodieren ließe.</translation>
        </message>
        <message>
            <location filename="../../core/media/packet_index.py" />
            <source>{name} holds no pictures in stream {stream_index}.</source>
            <translation>{name} enthält im Strom {stream_index} keine Bilder.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/mask_video.py" />
            <source>{name} holds no pictures.</source>
            <translation>{name} enthält keine Bilder.</translation>
        </message>
        <message>
            <location filename="../../core/config/settings.py" />
            <source>{name} in {name2} is not a section, so it is left out.</source>
            <translation>{name} in {name2} ist kein Abschnitt und bleibt deshalb unberücksichtigt.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} is a folder, not a media file.</source>
            <translation>{name} ist ein Ordner, keine Mediendatei.</translation>
        </message>
        <message>
            <location filename="../../core/review/library.py" />
            <source>{name} is another file: its content is not that of the missing title.</source>
            <translation>{name} ist eine andere Datei: Ihr Inhalt ist nicht der des fehlenden Titels.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>{name} is being trained already.</source>
            <translation>{name} wird schon trainiert.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>{name} is being trained.</source>
            <translation>{name} wird trainiert.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} is empty.</source>
            <translation>{name} ist leer.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} is gone, perhaps with its drive or network; bring it back and open the title again. What was measured and decided is kept.</source>
            <translation>{name} ist weg, vielleicht mit Laufwerk oder Netz; zurückholen und den Titel erneut öffnen. Gemessenes und Entschiedenes bleibt erhalten.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/backup.py" />
            <source>{name} is made</source>
            <translation>{name} ist angelegt</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/coco.py" />
            <source>{name} is no COCO file with masks that can be read.</source>
            <translation>{name} ist keine COCO-Datei mit lesbaren Masken.</translation>
        </message>
        <message>
            <location filename="../../core/models/syncnet.py" />
            <source>{name} is no checkpoint of SyncNet.</source>
            <translation>{name} ist kein Checkpoint von SyncNet.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/cvat.py" />
            <source>{name} is no file of CVAT's for video with masks that can be read.</source>
            <translation>{name} ist keine Datei von CVAT für Video mit lesbaren Masken.</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>{name} is no file of weights; they are safetensors or ONNX, with a card.</source>
            <translation>{name} ist keine Gewichtsdatei; das sind safetensors oder ONNX, mit einer Karte.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/png.py" />
            <source>{name} is no folder of masks that can be read.</source>
            <translation>{name} ist kein Ordner mit lesbaren Masken.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} is not a regular file.</source>
            <translation>{name} ist keine gewöhnliche Datei.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} is not a video or audio file.</source>
            <translation>{name} ist keine Video- oder Tondatei.</translation>
        </message>
        <message>
            <location filename="../../core/reports/gather.py" />
            <source>{name} is not in this store; analyse or review it first.</source>
            <translation>{name} ist nicht in dieser Datenbank; erst analysieren oder prüfen.</translation>
        </message>
        <message>
            <location filename="../../gui/library/missing.py" />
            <source>{name} is not in {folder} any more.</source>
            <translation>{name} ist nicht mehr in {folder}.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/agreement.py" />
            <location filename="../../gui/desk/clip_file.py" />
            <location filename="../../gui/desk/training.py" />
            <source>{name} is not where it was; the library finds it again.</source>
            <translation>{name} ist nicht mehr an seinem Ort; die Bibliothek findet es wieder.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>{name} is silent for {length} while the other of its pair plays {depth} dB louder.</source>
            <translation>{name} ist {length} lang still, während der andere des Paars {depth} dB lauter spielt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_channel.py" />
            <source>{name} is silent for {length}, which is the whole stream, while the other of its pair plays {depth} dB louder.</source>
            <translation>{name} ist {length} lang still, also über den ganzen Strom, während der andere des Paars {depth} dB lauter spielt.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>{name} is the title itself, which is never written over.</source>
            <translation>{name} ist der Titel selbst, der nie überschrieben wird.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{name} is there already and cannot be read, so it was not replaced; choose another name.</source>
            <translation>{name} gibt es schon und lässt sich nicht lesen, deshalb wurde die Datei nicht ersetzt; wählen Sie einen anderen Namen.</translation>
        </message>
        <message>
            <location filename="../../core/media/caption.py" />
            <source>{name} is too large for a caption file.</source>
            <translation>{name} ist zu groß für eine Untertiteldatei.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/cvat.py" />
            <source>{name} is too large to be masks.</source>
            <translation>{name} ist zu groß für Masken.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/export.py" />
            <source>{name} is written</source>
            <translation>{name} ist geschrieben</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>{name} is written.</source>
            <translation>{name} ist geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} may not be read: permission is missing.</source>
            <translation>{name} darf nicht gelesen werden: Die Berechtigung fehlt.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>{name} measures with {weights} now.</source>
            <translation>{name} misst jetzt mit {weights}.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/av_length.py" />
            <source>{name} needs pictures and sound to end apart.</source>
            <translation>{name} braucht Bild und Ton, damit sie versetzt enden können.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} no longer holds stream {index}; it has changed on disk.</source>
            <translation>{name} enthält Strom {index} nicht mehr; die Datei wurde auf dem Datenträger verändert.</translation>
        </message>
        <message>
            <location filename="../../core/store/lineage.py" />
            <source>{name} of the calibrations is damaged.</source>
            <translation>{name} der Kalibrierungen ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../core/media/source.py" />
            <source>{name} only names other files or addresses, which are not followed; open the media files themselves.</source>
            <translation>{name} nennt nur andere Dateien oder Adressen, denen nicht gefolgt wird; die Mediendateien selbst öffnen.</translation>
        </message>
        <message>
            <location filename="../../core/media/probe.py" />
            <source>{name} says that it lasts {longest} hours from {seconds} hours on, which cannot be; it is damaged.</source>
            <translation>{name} gibt an, ab Stunde {seconds} {longest} Stunden zu dauern, was nicht sein kann; die Datei ist beschädigt.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/sound_pane.py" />
            <source>{name} settings</source>
            <translation>{name}: Einstellungen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/clip_file.py" />
            <source>{name} was changed since; this clip cannot be shown.</source>
            <translation>{name} wurde seither verändert; dieser Clip lässt sich nicht zeigen.</translation>
        </message>
        <message>
            <location filename="../../core/review/outside.py" />
            <source>{name} was imported to this title before, at {when}.</source>
            <translation>{name} wurde schon einmal für diesen Titel importiert, am {when}.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/intake.py" />
            <source>{name} was imported: {count} flags</source>
            <translation>{name} wurde importiert: {count} Befunde</translation>
        </message>
        <message>
            <location filename="../../core/models/carried_file.py" />
            <source>{name} was looked for in it; `packaging/bootstrap.py setup` installs it.</source>
            <translation>{name} wurde darin gesucht; `packaging/bootstrap.py setup` installiert es.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/compare.py" />
            <source>{name} was not looked at: {longest_s} s are used up.</source>
            <translation>{name} wurde nicht angesehen: {longest_s} s sind verbraucht.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>{name} was trained: it does not pass the gate.</source>
            <translation>{name} wurde trainiert: besteht die Prüfung nicht.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <source>{name} was trained: it passes the gate and waits for you.</source>
            <translation>{name} wurde trainiert: besteht die Prüfung und wartet auf Sie.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/scope.py" />
            <source>{name} · declared progressive</source>
            <translation>{name} · als progressiv angegeben</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/damaged.py" />
            <source>{name}: sure by {parent} before, by {candidate} now; flagged from {line}.</source>
            <translation>{name}: bisher zu {parent} sicher, jetzt zu {candidate}; gemeldet ab {line}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_audio_artifact.py" />
            <source>{name}: sure from</source>
            <translation>{name}: sicher ab</translation>
        </message>
        <message>
            <location filename="../../core/store/lineage.py" />
            <source>{number} is no id of a training.</source>
            <translation>{number} ist keine Kennung eines Trainings.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{n} min</source>
            <translation>{n} min</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/agreement.py" />
            <source>{one}, {other} (Cohen)</source>
            <translation>{one}, {other} (Cohen)</translation>
        </message>
        <message>
            <location filename="../../core/simulate/decode_error.py" />
            <source>{out} cannot be written.</source>
            <translation>{out} lässt sich nicht schreiben.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>{out} is a folder.</source>
            <translation>{out} ist ein Ordner.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>{out} is there already.</source>
            <translation>{out} gibt es schon.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/exchange/file.py" />
            <source>{out} is there already; nothing was replaced.</source>
            <translation>{out} gibt es schon; nichts wurde ersetzt.</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>{own} by you, {all} by anybody, of {count}</source>
            <translation>{own} selbst, {all} von allen, von {count}</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>{parent} may not be written to; nothing was written.</source>
            <translation>In {parent} darf nicht geschrieben werden; nichts wurde geschrieben.</translation>
        </message>
        <message>
            <location filename="../../core/store/store.py" />
            <source>{path} is a folder, not a store.</source>
            <translation>{path} ist ein Ordner, keine Datenbank.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{path} is too long for a profile.</source>
            <translation>{path} ist zu lang für ein Profil.</translation>
        </message>
        <message>
            <location filename="../../gui/teach/window.py" />
            <source>{place} of {count}</source>
            <translation>{place} von {count}</translation>
        </message>
        <message>
            <location filename="../../core/models/carried_file.py" />
            <source>{purpose} needs the package {replace}, which is not installed.</source>
            <translation>{purpose} braucht das Paket {replace}, das nicht installiert ist.</translation>
        </message>
        <message>
            <location filename="../../core/learning/retrain/refit.py" />
            <source>{raised} of {raised2} rejected flags would go, and {found} of {found2} confirmed ones stay.</source>
            <translation>{raised} von {raised2} verworfenen Befunden fielen weg, und {found} von {found2} bestätigten blieben.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>{repeated} frames repeat</source>
            <translation>{repeated} Bilder wiederholen sich</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{seconds} s late</source>
            <translation>{seconds} s Verzug</translation>
        </message>
        <message>
            <location filename="../../core/models/weights.py" />
            <source>{sentence}; {name} is used instead.</source>
            <translation>{sentence}; stattdessen wird {name} benutzt.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/teach.py" />
            <source>{share:.0%} of the titles are read</source>
            <translation>{share:.0%} der Titel sind gelesen</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>{share:.0%} said</source>
            <translation>{share:.0%} gesagt</translation>
        </message>
        <message>
            <location filename="../../gui/spot/dialog.py" />
            <source>{share:.1%} ({hits} of {count})</source>
            <translation>{share:.1%} ({hits} von {count})</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{share} analysed</source>
            <translation>{share} analysiert</translation>
        </message>
        <message>
            <location filename="../../core/media/live/reader.py" />
            <source>{shown} cannot be opened.</source>
            <translation>{shown} kann nicht geöffnet werden.</translation>
        </message>
        <message>
            <location filename="../../core/media/live/reader.py" />
            <source>{shown} holds no picture or sound that can be decoded.</source>
            <translation>{shown} enthält weder Bild noch Ton, der sich dekodieren ließe.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/panel.py" />
            <source>{shown} of {count} flags shown</source>
            <translation>{shown} von {count} Befunden gezeigt</translation>
        </message>
        <message>
            <location filename="../../core/media/live/reader.py" />
            <source>{shown} was lost.</source>
            <translation>{shown} ist verloren gegangen.</translation>
        </message>
        <message>
            <location filename="../../gui/sync/word.py" />
            <source>{side}, as far as a frame of {frame} ms tells</source>
            <translation>{side}, soweit ein Bild von {frame} ms es erkennen lässt</translation>
        </message>
        <message>
            <location filename="../../gui/simulate/form.py" />
            <source>{size} at {place}</source>
            <translation>{size} bei {place}</translation>
        </message>
        <message>
            <location filename="../../core/models/card.py" />
            <source>{source} is a card of a format that this version does not know.</source>
            <translation>{source} ist eine Karte in einem Format, das diese Version nicht kennt.</translation>
        </message>
        <message>
            <location filename="../../core/models/card.py" />
            <source>{source} is no card of weights.</source>
            <translation>{source} ist keine Karte von Gewichten.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/training.py" />
            <location filename="../../gui/training/progress.py" />
            <source>{stage}; about {length} left</source>
            <translation>{stage}; noch etwa {length}</translation>
        </message>
        <message>
            <location filename="../../core/reports/clock.py" />
            <source>{start} is no timecode at {rate} frames a second.</source>
            <translation>{start} ist kein Timecode bei {rate} Bildern pro Sekunde.</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{state} · for {length}</source>
            <translation>{state} · seit {length}</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{state} · last heard {ago}</source>
            <translation>{state} · zuletzt gehört {ago}</translation>
        </message>
        <message>
            <location filename="../../gui/training/progress.py" />
            <source>{state}, asked for on {day}</source>
            <translation>{state}, verlangt am {day}</translation>
        </message>
        <message>
            <location filename="../../gui/tour/bar.py" />
            <source>{step} of {count}</source>
            <translation>{step} von {count}</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>{target} exists already; name another file or remove it.</source>
            <translation>{target} gibt es schon; eine andere Datei angeben oder diese entfernen.</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>{target} is a folder; name a file in it.</source>
            <translation>{target} ist ein Ordner; eine Datei darin angeben.</translation>
        </message>
        <message>
            <location filename="../../core/store/backup.py" />
            <source>{target} is not a file that a backup could replace.</source>
            <translation>{target} ist keine Datei, die eine Sicherung ersetzen könnte.</translation>
        </message>
        <message>
            <location filename="../../core/reports/output.py" />
            <source>{target} is not a file that an export could replace.</source>
            <translation>{target} ist keine Datei, die ein Export ersetzen könnte.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/granularity.py" />
            <source>{text} is no size of pieces.</source>
            <translation>{text} ist keine Größe von Stücken.</translation>
        </message>
        <message>
            <location filename="../../core/annotation/granularity.py" />
            <source>{text} names no pieces; say frame, 16x16 (any square) or superpixel:24.</source>
            <translation>{text} nennt keine Stücke; sagen Sie frame, 16x16 (jedes Quadrat) oder superpixel:24.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>{text}, and gone in the next.</source>
            <translation>{text}, und im nächsten wieder weg.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>{text}, only in the lowest lines, where the head switch of a tape shows.</source>
            <translation>{text}, nur in den untersten Zeilen, wo sich die Kopfumschaltung eines Bandes zeigt.</translation>
        </message>
        <message>
            <location filename="../../gui/desk/banner.py" />
            <source>{text}: message</source>
            <translation>{text}: Meldung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>{text}; {others} so elsewhere.</source>
            <translation>{text}; {others} anderswo ebenso.</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <source>{threshold} (flags above)</source>
            <translation>{threshold} (Befund darüber)</translation>
        </message>
        <message>
            <location filename="../../gui/panes/metrics.py" />
            <source>{threshold} (flags below)</source>
            <translation>{threshold} (Befund darunter)</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/export.py" />
            <source>{timecode} (as shown)</source>
            <translation>{timecode} (wie angezeigt)</translation>
        </message>
        <message>
            <location filename="../../gui/wall/word.py" />
            <source>{time} ago</source>
            <translation>vor {time}</translation>
        </message>
        <message>
            <location filename="../../gui/desk/job.py" />
            <location filename="../../gui/desk/sample.py" />
            <source>{time} left</source>
            <translation>noch {time}</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>{time} measured</source>
            <translation>{time} gemessen</translation>
        </message>
        <message>
            <location filename="../../gui/desk/heat.py" />
            <source>{time} ms earlier</source>
            <translation>{time} ms früher</translation>
        </message>
        <message>
            <location filename="../../core/config/setting.py" />
            <source>{title} in the settings is neither true nor false; its default is used.</source>
            <translation>{title} in den Einstellungen ist weder wahr noch falsch (true, false); es gilt der Standardwert.</translation>
        </message>
        <message>
            <location filename="../../core/config/setting.py" />
            <source>{title} in the settings is no number from {low} to {high}; its default is used.</source>
            <translation>{title} in den Einstellungen ist keine Zahl von {low} bis {high}; es gilt der Standardwert.</translation>
        </message>
        <message>
            <location filename="../../core/config/setting.py" />
            <source>{title} in the settings is no text; its default is used.</source>
            <translation>{title} in den Einstellungen ist kein Text; es gilt der Standardwert.</translation>
        </message>
        <message>
            <location filename="../../core/config/setting.py" />
            <source>{title} in the settings is none of {known}; its default is used.</source>
            <translation>{title} in den Einstellungen ist keines von {known}; es gilt der Standardwert.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clicks.py" />
            <source>{told}, the strongest at {starts_s} s, {worst} dB above what prediction leaves around it.</source>
            <translation>{told}, am stärksten bei {starts_s} s, {worst} dB über dem, was die Vorhersage ringsum übrig lässt.</translation>
        </message>
        <message>
            <location filename="../../gui/library/word.py" />
            <source>{undecided} of {flags}</source>
            <translation>{undecided} von {flags}</translation>
        </message>
        <message>
            <location filename="../../gui/dialogs/settings.py" />
            <source>{value} (not there now)</source>
            <translation>{value} (zurzeit nicht da)</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_line_dropout.py" />
            <source>{what} at a time {verb} out by {strength} grey levels, in {over}</source>
            <translation>{what} zugleich {verb} sich um {strength} Graustufen ab, in {over}</translation>
        </message>
        <message>
            <location filename="../../core/jobs/remote.py" />
            <source>{what} because its process was ended from outside, perhaps for lack of memory.</source>
            <translation>{what}, weil der Prozess von außen beendet wurde, vielleicht aus Speichermangel.</translation>
        </message>
        <message>
            <location filename="../../core/jobs/remote.py" />
            <source>{what} because the decoder crashed on this file.</source>
            <translation>{what}, weil der Decoder an dieser Datei abgestürzt ist.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_stutter.py" />
            <source>{what} in the midst of motion</source>
            <translation>{what} mitten in der Bewegung</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where} sets {detector}.{name}, which this version no longer has, so it is left out.</source>
            <translation>{where} setzt {detector}.{name}, das diese Version nicht mehr hat, deshalb bleibt es unberücksichtigt.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: checks must be tables, each below [[checks]].</source>
            <translation>{where}: checks müssen Tabellen sein, jede unter [[checks]].</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: the check {name} must ask something, in few words.</source>
            <translation>{where}: Die Prüfung {name} muss in wenigen Worten etwas fragen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: the id of a check is one word of small letters.</source>
            <translation>{where}: Die id einer Prüfung ist ein Wort in Kleinbuchstaben.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: the severity of {name} must be one of {list}.</source>
            <translation>{where}: Der Schweregrad von {name} muss einer von {list} sein.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: title must be text, and disabled a list of detectors.</source>
            <translation>{where}: title muss Text sein und disabled eine Liste von Detektoren.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: two checks share an id.</source>
            <translation>{where}: Zwei Prüfungen haben dieselbe id.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: {detector}.{name} must be a number.</source>
            <translation>{where}: {detector}.{name} muss eine Zahl sein.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>{where}: {key} must be a table.</source>
            <translation>{where}: {key} muss eine Tabelle sein.</translation>
        </message>
        <message>
            <location filename="../../core/store/task.py" />
            <source>{which} batch of this store is called {name}.</source>
            <translation>{which} Stapel dieser Datenbank heißt {name}.</translation>
        </message>
        <message>
            <location filename="../../core/store/mask.py" />
            <source>{which} mask project of this store has the id {project_id}.</source>
            <translation>{which} Maskenprojekt dieser Datenbank hat die Kennung {project_id}.</translation>
        </message>
        <message>
            <location filename="../../core/store/spot.py" />
            <source>{which} spot check of this store has the id {plan_id}.</source>
            <translation>{which} Stichprobe dieser Datenbank hat die Kennung {plan_id}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_clipping.py" />
            <source>{who} {names}: peaks are cut off flat at {ceiling} dBFS for {length}, at worst {worst} % of the samples.</source>
            <translation>{who} {names}: Spitzen sind bei {ceiling} dBFS flach abgeschnitten für {length}, schlimmstenfalls {worst} % der Abtastwerte.</translation>
        </message>
        <message>
            <location filename="../../gui/annotate/panel.py" />
            <source>{width} px</source>
            <translation>{width} px</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_letterbox.py" />
            <source>{width} × {height} pixels</source>
            <translation>{width} × {height} Pixel</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_color_frame.py" />
            <source>{words} for {length} ({frames} frames){context}.</source>
            <translation>{words} für {length} ({frames} Bilder){context}.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/rule_hot_pixel.py" />
            <source>{x} % from the left and {y} % from the top</source>
            <translation>{x} % von links und {y} % von oben</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>“{defect}” cannot be simulated; there are {list}.</source>
            <translation>„{defect}“ lässt sich nicht simulieren; es gibt {list}.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/plan.py" />
            <source>“{defect}” has no place in the picture, so it takes no region.</source>
            <translation>„{defect}“ hat keinen Ort im Bild und nimmt deshalb keinen Bildteil an.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/preview.py" />
            <source>“{defect}” is no defect of captions.</source>
            <translation>„{defect}“ ist kein Fehler von Untertiteln.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/preview.py" />
            <source>“{defect}” is no defect of pictures.</source>
            <translation>„{defect}“ ist kein Fehler von Bildern.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/preview.py" />
            <source>“{defect}” is no defect of sound.</source>
            <translation>„{defect}“ ist kein Fehler von Ton.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/inject.py" />
            <source>“{defect}” is no defect of {what}.</source>
            <translation>„{defect}“ ist kein Fehler von {what}.</translation>
        </message>
        <message>
            <location filename="../../core/simulate/title.py" />
            <source>“{defect}” leaves no trace there; choose another place or seed.</source>
            <translation>„{defect}“ hinterlässt dort keine Spur; eine andere Stelle oder einen anderen Startwert wählen.</translation>
        </message>
        <message>
            <location filename="../../core/catalog/profile_file.py" />
            <source>“{name}” cannot be the name of a profile.</source>
            <translation>„{name}“ kann kein Profilname sein.</translation>
        </message>
        <message>
            <location filename="../../gui/player/timecode_field.py" />
            <source>“{strip}” is no place in this title.</source>
            <translation>„{strip}“ ist keine Stelle in diesem Titel.</translation>
        </message>
        <message>
            <location filename="../../gui/queue/model.py" />
            <source>… and {count} more</source>
            <translation>… und {count} weitere</translation>
        </message>
        <message>
            <location filename="../../gui/sync/bar.py" />
            <source>−10 ms</source>
            <translation>−10 ms</translation>
        </message>
        <message>
            <source>The settings file {path} could not be read, so defaults are used; it will be kept as {name} before it is replaced: {error}.</source>
            <translation type="vanished">Die Einstellungsdatei {path} ließ sich nicht lesen, deshalb gelten die Standardwerte; bevor sie ersetzt wird, wird sie als {name} aufgehoben: {error}.</translation>
        </message>
        <message>
            <source>{name} in {name2} {error}, so its default is used.</source>
            <translation type="vanished">{name} in {name2} {error}; es gilt der Standardwert.</translation>
        </message>
        <message>
            <source>It could not be kept aside either: {error}.</source>
            <translation type="vanished">Sie ließ sich auch nicht beiseitelegen: {error}.</translation>
        </message>
        <message>
            <source>The settings file {path} could not be read, so defaults are used: {error}.</source>
            <translation type="vanished">Die Einstellungsdatei {path} ließ sich nicht lesen, deshalb gelten die Standardwerte: {error}.</translation>
        </message>
        <message>
            <source>{title} in {name} {error}, so its default is used.</source>
            <translation type="vanished">{title} in {name} {error}; es gilt der Standardwert.</translation>
        </message>
        <message>
            <source>Drop a video or sound file here. It plays at once, and detectors look for defects in the background; you decide on each flag.</source>
            <translation type="vanished">Eine Video- oder Tondatei hierher ziehen. Sie wird sofort abgespielt, Detektoren suchen im Hintergrund nach Fehlern, und über jeden Befund entscheidet ein Mensch.</translation>
        </message>
        <message>
            <source>No detectors</source>
            <translation type="vanished">Keine Detektoren</translation>
        </message>
        <message>
            <source>By time, most severe, strongest, least sure, by defect.</source>
            <translation type="vanished">Nach Zeit, Schwerstes, Stärkstes, Unsicherstes, nach Fehler.</translation>
        </message>
        <message>
            <source>Verdicts are not protected against changes any more.</source>
            <translation type="vanished">Urteile sind nicht mehr gegen Änderungen geschützt.</translation>
        </message>
        <message>
            <source>Learned from ({count})</source>
            <translation type="vanished">Gelernt ({count})</translation>
        </message>
        <message>
            <source>There are no weights for {wanted}.</source>
            <translation type="vanished">Für {wanted} gibt es keine Gewichte.</translation>
        </message>
        <message>
            <source>Other desks decide about this title all the time; try again.</source>
            <translation type="vanished">Andere Plätze entscheiden ständig über diesen Titel; erneut versuchen.</translation>
        </message>
        <message>
            <source>1 four-second fragment</source>
            <translation type="vanished">1 Vier-Sekunden-Abschnitt</translation>
        </message>
        <message>
            <source>{capitalize} ({told} frame at 25 a second): {count} {agree}, {confidence} % sure</source>
            <translation type="vanished">{capitalize} ({told} Bild bei 25 pro Sekunde): {count} {agree}, zu {confidence} % sicher</translation>
        </message>
        <message>
            <source>{capitalize} ({told} frames at 25 a second): {count} {agree}, {confidence} % sure</source>
            <translation type="vanished">{capitalize} ({told} Bilder bei 25 pro Sekunde): {count} {agree}, zu {confidence} % sicher</translation>
        </message>
        <message>
            <source>{part} four-second fragments</source>
            <translation type="vanished">{part} Vier-Sekunden-Abschnitte</translation>
        </message>
        <message>
            <source>De&amp;tector</source>
            <translation type="vanished">De&amp;tektor</translation>
        </message>
        <message>
            <source>Sound against moving lips is for the lip-sync detector, which is not here yet.</source>
            <translation type="vanished">Ton gegen Lippenbewegung ist Sache des Detektors für Lippensynchronität, den es hier noch nicht gibt.</translation>
        </message>
        <message>
            <source>{where}: the severity of {detector} must be one of {list}.</source>
            <translation type="vanished">{where}: Der Schweregrad von {detector} muss einer von {list} sein.</translation>
        </message>
        <message>
            <source>face{index}</source>
            <translation type="vanished">face{index}</translation>
        </message>
        <message>
            <source>{artifact}_line</source>
            <translation type="vanished">{artifact}_line</translation>
        </message>
    </context>
</TS>
