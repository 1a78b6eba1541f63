<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
    <context>
        <name>onglass</name>
        <message numerus="yes">
            <location filename="../../gui/player/channel_panel.py" />
            <location filename="../../gui/wall/view.py" />
            <source>%n channels</source>
            <translation>
                <numerusform>%n channel</numerusform>
                <numerusform>%n channels</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n clicks</source>
            <translation>
                <numerusform>%n click</numerusform>
                <numerusform>%n clicks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/spot/window.py" />
            <source>%n defects seen: go on</source>
            <translation>
                <numerusform>%n defect seen: go on</numerusform>
                <numerusform>%n defects seen: go on</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/detail.py" />
            <source>%n detectors</source>
            <translation>
                <numerusform>%n detector</numerusform>
                <numerusform>%n detectors</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/player/transport.py" />
            <source>%n dropped</source>
            <translation>
                <numerusform>%n dropped</numerusform>
                <numerusform>%n dropped</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n files could not be read</source>
            <translation>
                <numerusform>%n file could not be read</numerusform>
                <numerusform>%n files could not be read</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/dialogs/intake.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>%n flags</source>
            <translation>
                <numerusform>%n flag</numerusform>
                <numerusform>%n flags</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/teach/finish.py" />
            <source>%n flags answered</source>
            <translation>
                <numerusform>%n flag answered</numerusform>
                <numerusform>%n flags answered</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/annotate_file.py" />
            <source>%n frames are in {path}</source>
            <translation>
                <numerusform>%n frame is in {path}</numerusform>
                <numerusform>%n frames are in {path}</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/annotate_file.py" />
            <source>%n frames of {name} lie over the masks</source>
            <translation>
                <numerusform>%n frame of {name} lies over the masks</numerusform>
                <numerusform>%n frames of {name} lie over the masks</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/wall/word.py" />
            <source>%n gaps, {length} in all</source>
            <translation>
                <numerusform>%n gap, {length} in all</numerusform>
                <numerusform>%n gaps, {length} in all</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n known already</source>
            <translation>
                <numerusform>%n known already</numerusform>
                <numerusform>%n known already</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n missing titles found</source>
            <translation>
                <numerusform>%n missing title found</numerusform>
                <numerusform>%n missing titles found</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/desk.py" />
            <source>%n more files wait in File › Recent titles</source>
            <translation>
                <numerusform>The other file waits in File › Recent titles</numerusform>
                <numerusform>%n more files wait in File › Recent titles</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/queue/flag_text.py" />
            <source>%n more from other reviewers</source>
            <translation>
                <numerusform>%n more from other reviewers</numerusform>
                <numerusform>%n more from other reviewers</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/detail.py" />
            <source>%n more kinds</source>
            <translation>
                <numerusform>%n more kind</numerusform>
                <numerusform>%n more kinds</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/offer.py" />
            <location filename="../../gui/training/window.py" />
            <source>%n new verdicts</source>
            <translation>
                <numerusform>%n new verdict</numerusform>
                <numerusform>%n new verdicts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n on the way</source>
            <translation>
                <numerusform>%n on the way</numerusform>
                <numerusform>%n on the way</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/dialogs/licence.py" />
            <source>%n parts</source>
            <translation>
                <numerusform>%n part</numerusform>
                <numerusform>%n parts</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/annotate/panel.py" />
            <source>%n regions asked</source>
            <translation>
                <numerusform>%n region asked</numerusform>
                <numerusform>%n regions asked</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/library/view.py" />
            <source>%n still being counted</source>
            <translation>
                <numerusform>%n still being counted</numerusform>
                <numerusform>%n still being counted</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/compare/run_dialog.py" />
            <location filename="../../gui/library/view.py" />
            <source>%n titles</source>
            <translation>
                <numerusform>%n title</numerusform>
                <numerusform>%n titles</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/library.py" />
            <source>%n titles added</source>
            <translation>
                <numerusform>%n title added</numerusform>
                <numerusform>%n titles added</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/training/change.py" />
            <source>%n titles or stretches were left out</source>
            <translation>
                <numerusform>%n title or stretch was left out</numerusform>
                <numerusform>%n titles or stretches were left out</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/main_window.py" />
            <location filename="../../gui/queue/panel.py" />
            <source>%n undecided</source>
            <translation>
                <numerusform>%n undecided</numerusform>
                <numerusform>%n undecided</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/leave.py" />
            <source>%n undecided flags have a comment or severity that is stored only with a decision. Leave without them?</source>
            <translation>
                <numerusform>%n undecided flag has a comment or severity that is stored only with a decision. Leave without them?</numerusform>
                <numerusform>%n undecided flags have a comment or severity that is stored only with a decision. Leave without them?</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/banner.py" />
            <source>Dismiss (%n more)</source>
            <translation>
                <numerusform>Dismiss (%n more)</numerusform>
                <numerusform>Dismiss (%n more)</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/spot.py" />
            <source>Of %n clips of analysed titles that somebody looked at</source>
            <translation>
                <numerusform>Of %n clip of analysed titles that somebody looked at</numerusform>
                <numerusform>Of %n clips of analysed titles that somebody looked at</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <location filename="../../gui/desk/simulate.py" />
            <source>and %n more</source>
            <translation>
                <numerusform>and %n more</numerusform>
                <numerusform>and %n more</numerusform>
            </translation>
        </message>
    </context>
</TS>
