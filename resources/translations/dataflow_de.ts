<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AboutDialog</name>
    <message>
        <source>&amp;Libraries and their licences</source>
        <translation>&amp;Bibliotheken und ihre Lizenzen</translation>
    </message>
    <message>
        <source>About DataFlow Desktop</source>
        <translation>Über DataFlow Desktop</translation>
    </message>
    <message>
        <source>Browses large tables and exports them so that a crash loses nothing. It never writes to a database.</source>
        <translation>Zeigt große Tabellen und exportiert sie so, dass bei einem Absturz nichts verloren geht. In eine Datenbank schreibt es nie.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Co&amp;py</source>
        <translation>Ko&amp;pieren</translation>
    </message>
    <message>
        <source>Copy versions and places</source>
        <translation>Versionen und Orte kopieren</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Free software under the MIT licence.</source>
        <translation>Freie Software unter der MIT-Lizenz.</translation>
    </message>
    <message>
        <source>Libraries and their licences</source>
        <translation>Bibliotheken und ihre Lizenzen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>OK</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Browsing</name>
    <message>
        <source>&amp;Clear all filters</source>
        <translation>Alle Filter a&amp;ufheben</translation>
    </message>
    <message>
        <source>&amp;Open another database…</source>
        <translation>A&amp;ndere Datenbank öffnen…</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>Akt&amp;ualisieren</translation>
    </message>
    <message>
        <source>&amp;Try again</source>
        <translation>Erneut &amp;versuchen</translation>
    </message>
    <message>
        <source>It is tried again by itself until the way is free; Esc stops that.</source>
        <translation>Es wird von selbst weiter versucht, bis der Weg frei ist; Esc beendet das.</translation>
    </message>
    <message>
        <source>It is tried again by itself; Esc stops that.</source>
        <translation>Es wird von selbst weiter versucht; Esc beendet das.</translation>
    </message>
    <message>
        <source>Making the product catalogue</source>
        <translation>Der Produktkatalog entsteht</translation>
    </message>
    <message>
        <source>No row matches</source>
        <translation>Keine Zeile passt</translation>
    </message>
    <message>
        <source>Opening…</source>
        <translation>Wird geöffnet…</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The query was stopped; nothing was changed.</source>
        <translation>Die Abfrage wurde abgebrochen; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>There is nothing to show or to export here.</source>
        <translation>Hier gibt es nichts zu zeigen oder zu exportieren.</translation>
    </message>
    <message>
        <source>This database has no tables</source>
        <translation>Diese Datenbank hat keine Tabellen</translation>
    </message>
    <message>
        <source>This table is empty</source>
        <translation>Diese Tabelle ist leer</translation>
    </message>
    <message>
        <source>counting…</source>
        <translation>wird gezählt…</translation>
    </message>
    <message>
        <source>locked, trying again…</source>
        <translation>gesperrt, neuer Versuch…</translation>
    </message>
    <message>
        <source>no connection, trying again…</source>
        <translation>keine Verbindung, neuer Versuch…</translation>
    </message>
    <message>
        <source>not counted</source>
        <translation>nicht gezählt</translation>
    </message>
    <message>
        <source>sorting…</source>
        <translation>wird sortiert…</translation>
    </message>
    <message>
        <source>sorting… {rows}</source>
        <translation>wird sortiert… {rows}</translation>
    </message>
    <message>
        <source>sorting… {seconds} s</source>
        <translation>wird sortiert… {seconds} s</translation>
    </message>
    <message>
        <source>{rows} of {total} products written</source>
        <translation>{rows} von {total} Produkten geschrieben</translation>
    </message>
    <message>
        <source>{rows} · forward only</source>
        <translation>{rows} · nur vorwärts</translation>
    </message>
    <message>
        <source>{table} was changed by another program; it is shown as it is now.</source>
        <translation>{table} wurde von einem anderen Programm geändert und wird nun gezeigt, wie sie jetzt ist.</translation>
    </message>
    <message>
        <source>~{rows}, counting…</source>
        <translation>~{rows}, wird gezählt…</translation>
    </message>
</context>
<context>
    <name>ColumnGlance</name>
    <message>
        <source>Choose a cell of the column to look at.</source>
        <translation>Wählen Sie eine Zelle der Spalte, die Sie ansehen möchten.</translation>
    </message>
    <message>
        <source>Stopped before all rows were read.</source>
        <translation>Abgebrochen, bevor alle Zeilen gelesen waren.</translation>
    </message>
</context>
<context>
    <name>ColumnList</name>
    <message>
        <source>&amp;All columns</source>
        <translation>&amp;Alle Spalten</translation>
    </message>
    <message>
        <source>All columns</source>
        <translation>Alle Spalten</translation>
    </message>
    <message>
        <source>Columns to export</source>
        <translation>Spalten für den Export</translation>
    </message>
</context>
<context>
    <name>ColumnPane</name>
    <message>
        <source>Choose a cell of the column to look at.</source>
        <translation>Wählen Sie eine Zelle der Spalte, die Sie ansehen möchten.</translation>
    </message>
    <message>
        <source>Column at a glance</source>
        <translation>Spalte im Überblick</translation>
    </message>
    <message>
        <source>Different values</source>
        <translation>Verschiedene Werte</translation>
    </message>
    <message>
        <source>Double-click or Enter: only rows with this value</source>
        <translation>Doppelklick oder Eingabetaste: nur Zeilen mit diesem Wert</translation>
    </message>
    <message>
        <source>How the values are spread from {low} to {high}</source>
        <translation>Verteilung der Werte von {low} bis {high}</translation>
    </message>
    <message>
        <source>Largest</source>
        <translation>Größter</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>Most frequent</source>
        <translation>Am häufigsten</translation>
    </message>
    <message>
        <source>Most frequent values</source>
        <translation>Häufigste Werte</translation>
    </message>
    <message>
        <source>NULL</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>Read agai&amp;n</source>
        <translation>&amp;Erneut lesen</translation>
    </message>
    <message>
        <source>Read the column again</source>
        <translation>Die Spalte erneut lesen</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Rows read</source>
        <translation>Gelesene Zeilen</translation>
    </message>
    <message>
        <source>Smallest</source>
        <translation>Kleinster</translation>
    </message>
    <message>
        <source>Spread, frequent and different values are estimates from {rows} all over the table.</source>
        <translation>Verteilung, häufigste und verschiedene Werte sind geschätzt, aus {rows} über die ganze Tabelle verteilt.</translation>
    </message>
    <message>
        <source>empty</source>
        <translation>leer</translation>
    </message>
    <message>
        <source>filled</source>
        <translation>gefüllt</translation>
    </message>
    <message>
        <source>of {rows}</source>
        <translation>von {rows}</translation>
    </message>
    <message>
        <source>reading…</source>
        <translation>wird gelesen…</translation>
    </message>
    <message>
        <source>reading… {rows}</source>
        <translation>wird gelesen… {rows}</translation>
    </message>
    <message>
        <source>{low} to {high}: {share}</source>
        <translation>{low} bis {high}: {share}</translation>
    </message>
</context>
<context>
    <name>ColumnsDialog</name>
    <message>
        <source>Alt+↑ and Alt+↓ move a column.</source>
        <translation>Alt+↑ und Alt+↓ verschieben eine Spalte.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Columns to show</source>
        <translation>Angezeigte Spalten</translation>
    </message>
</context>
<context>
    <name>CommandWords</name>
    <message>
        <source>On the command line a search looks into all text columns, not into one.</source>
        <translation>Auf der Befehlszeile durchsucht eine Suche alle Textspalten, nicht nur eine.</translation>
    </message>
    <message>
        <source>One of the filters has a value that cannot be typed on the command line.</source>
        <translation>Einer der Filter hat einen Wert, der sich auf der Befehlszeile nicht eingeben lässt.</translation>
    </message>
    <message>
        <source>Selected rows cannot be named on the command line.</source>
        <translation>Ausgewählte Zeilen lassen sich auf der Befehlszeile nicht angeben.</translation>
    </message>
    <message>
        <source>Something here has a character that no command line can hold.</source>
        <translation>Hier steht ein Zeichen, das auf keiner Befehlszeile stehen kann.</translation>
    </message>
    <message>
        <source>What is new goes by the profile, and that does not say yet what was changed here. Save it first.</source>
        <translation>Was neu ist, richtet sich nach dem Profil, und das enthält noch nicht, was hier geändert wurde. Speichern Sie es zuerst.</translation>
    </message>
</context>
<context>
    <name>ConditionDialog</name>
    <message>
        <source>&amp;Add</source>
        <translation>&amp;Hinzufügen</translation>
    </message>
    <message>
        <source>&amp;Value</source>
        <translation>&amp;Wert</translation>
    </message>
    <message>
        <source>Add filter</source>
        <translation>Neuer Filter</translation>
    </message>
    <message>
        <source>C&amp;olumn</source>
        <translation>&amp;Spalte</translation>
    </message>
    <message>
        <source>Co&amp;mparison</source>
        <translation>&amp;Vergleich</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>values separated by commas</source>
        <translation>Werte, durch Kommas getrennt</translation>
    </message>
</context>
<context>
    <name>ConditionWords</name>
    <message>
        <source>begins with</source>
        <translation>beginnt mit</translation>
    </message>
    <message>
        <source>contains</source>
        <translation>enthält</translation>
    </message>
    <message>
        <source>ends with</source>
        <translation>endet mit</translation>
    </message>
    <message>
        <source>is</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>is NULL</source>
        <translation>ist NULL</translation>
    </message>
    <message>
        <source>is at least</source>
        <translation>ist mindestens</translation>
    </message>
    <message>
        <source>is at most</source>
        <translation>ist höchstens</translation>
    </message>
    <message>
        <source>is between</source>
        <translation>liegt zwischen</translation>
    </message>
    <message>
        <source>is less than</source>
        <translation>ist kleiner als</translation>
    </message>
    <message>
        <source>is more than</source>
        <translation>ist größer als</translation>
    </message>
    <message>
        <source>is none of</source>
        <translation>ist keines von</translation>
    </message>
    <message>
        <source>is not</source>
        <translation>ist nicht</translation>
    </message>
    <message>
        <source>is not NULL</source>
        <translation>ist nicht NULL</translation>
    </message>
    <message>
        <source>is one of</source>
        <translation>ist eines von</translation>
    </message>
</context>
<context>
    <name>ConnectDialog</name>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Delete…</source>
        <translation>&amp;Löschen…</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>&amp;Speichern</translation>
    </message>
    <message>
        <source>&amp;Test</source>
        <translation>&amp;Testen</translation>
    </message>
    <message>
        <source>An option of this URL is a secret, which would be saved in plain text. Take it out.</source>
        <translation>Eine Option dieser URL ist ein Geheimnis, das im Klartext gespeichert würde. Nehmen Sie sie heraus.</translation>
    </message>
    <message>
        <source>Another connection has this name. Choose it to change it, or give a new name.</source>
        <translation>Eine andere Verbindung hat diesen Namen. Wählen Sie sie aus, um sie zu ändern, oder geben Sie einen neuen Namen an.</translation>
    </message>
    <message>
        <source>Asking {place}…</source>
        <translation>{place} wird gefragt…</translation>
    </message>
    <message>
        <source>Begin a new connection</source>
        <translation>Eine neue Verbindung beginnen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close without connecting</source>
        <translation>Schließen, ohne zu verbinden</translation>
    </message>
    <message>
        <source>Connect to a server</source>
        <translation>Mit einem Server verbinden</translation>
    </message>
    <message>
        <source>Connect to this server</source>
        <translation>Mit diesem Server verbinden</translation>
    </message>
    <message>
        <source>Delete a saved connection</source>
        <translation>Gespeicherte Verbindung löschen</translation>
    </message>
    <message>
        <source>Delete the saved connection</source>
        <translation>Die gespeicherte Verbindung löschen</translation>
    </message>
    <message>
        <source>Delete the saved connection {name}?</source>
        <translation>Die gespeicherte Verbindung {name} löschen?</translation>
    </message>
    <message>
        <source>Give the connection a name to save it.</source>
        <translation>Geben Sie der Verbindung einen Namen, um sie zu speichern.</translation>
    </message>
    <message numerus="yes">
        <source>It works: {place} answers and has {count} (table or view|tables and views).</source>
        <translation>
            <numerusform>Es klappt: {place} antwortet und hat {count} Tabelle oder Sicht.</numerusform>
            <numerusform>Es klappt: {place} antwortet und hat {count} Tabellen und Sichten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its password leaves the keyring, too. Nothing on the server is touched.</source>
        <translation>Auch ihr Passwort wird aus dem Schlüsselbund entfernt. Auf dem Server bleibt alles, wie es ist.</translation>
    </message>
    <message>
        <source>Name to save the connection under</source>
        <translation>Name, unter dem die Verbindung gespeichert wird</translation>
    </message>
    <message>
        <source>Ne&amp;w</source>
        <translation>N&amp;eu</translation>
    </message>
    <message>
        <source>None yet. Give a connection a name and save it.</source>
        <translation>Noch keine. Geben Sie einer Verbindung einen Namen, und speichern Sie sie.</translation>
    </message>
    <message>
        <source>S&amp;top the test</source>
        <translation>&amp;Test abbrechen</translation>
    </message>
    <message>
        <source>Sa&amp;ved connections</source>
        <translation>Gespei&amp;cherte Verbindungen</translation>
    </message>
    <message>
        <source>Save the connection</source>
        <translation>Die Verbindung speichern</translation>
    </message>
    <message>
        <source>Saved as {name}.</source>
        <translation>Als {name} gespeichert.</translation>
    </message>
    <message>
        <source>Saved connections</source>
        <translation>Gespeicherte Verbindungen</translation>
    </message>
    <message>
        <source>Stop the test</source>
        <translation>Den Test abbrechen</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>Die Verbindung testen</translation>
    </message>
    <message>
        <source>The test was stopped.</source>
        <translation>Der Test wurde abgebrochen.</translation>
    </message>
    <message>
        <source>as kept in the keyring</source>
        <translation>wie im Schlüsselbund aufbewahrt</translation>
    </message>
</context>
<context>
    <name>CopyButton</name>
    <message>
        <source>Copied</source>
        <translation>Kopiert</translation>
    </message>
</context>
<context>
    <name>Copying</name>
    <message>
        <source>Copied {rows}.</source>
        <translation>{rows} kopiert.</translation>
    </message>
    <message>
        <source>Copying… {percent}. Esc stops it.</source>
        <translation>Wird kopiert… {percent}. Esc bricht ab.</translation>
    </message>
    <message>
        <source>Nothing was copied.</source>
        <translation>Nichts wurde kopiert.</translation>
    </message>
    <message>
        <source>{rows} are too many to copy. Export them with Ctrl+E.</source>
        <translation>{rows} sind zum Kopieren zu viele. Exportieren Sie sie mit Strg+E.</translation>
    </message>
</context>
<context>
    <name>CrashBar</name>
    <message>
        <source>&amp;Show log folder</source>
        <translation>&amp;Protokollordner zeigen</translation>
    </message>
    <message>
        <source>Co&amp;py report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy a report of the crash</source>
        <translation>Einen Bericht über den Absturz kopieren</translation>
    </message>
    <message>
        <source>H&amp;ide</source>
        <translation>Au&amp;sblenden</translation>
    </message>
    <message>
        <source>Hide the word about the crash</source>
        <translation>Den Hinweis auf den Absturz ausblenden</translation>
    </message>
    <message>
        <source>Show the folder of the log</source>
        <translation>Den Ordner des Protokolls zeigen</translation>
    </message>
    <message>
        <source>The program ended unexpectedly last time. Exports are saved up to their last checkpoint. Nothing was sent anywhere.</source>
        <translation>Das Programm endete beim letzten Mal unerwartet. Exporte sind bis zu ihrem letzten Sicherungspunkt gespeichert. Es wurde nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message>
        <source>Column</source>
        <translation>Spalte</translation>
    </message>
    <message>
        <source>Columns of the row</source>
        <translation>Spalten der Zeile</translation>
    </message>
    <message>
        <source>Row {number}</source>
        <translation>Zeile {number}</translation>
    </message>
    <message>
        <source>The whole value</source>
        <translation>Der ganze Wert</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message numerus="yes">
        <source>… and {count} more byte(s): copy or export the row to have them all.</source>
        <translation>
            <numerusform>… und noch {count} Byte: Alles enthält die kopierte oder exportierte Zeile.</numerusform>
            <numerusform>… und noch {count} Bytes: Alles enthält die kopierte oder exportierte Zeile.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and {count} more character(s): copy or export the row to have them all.</source>
        <translation>
            <numerusform>… und noch {count} Zeichen: Alles enthält die kopierte oder exportierte Zeile.</numerusform>
            <numerusform>… und noch {count} Zeichen: Alles enthält die kopierte oder exportierte Zeile.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExcelNotice</name>
    <message>
        <source>Excel changes values when it opens such a file: {examples}.</source>
        <translation>Excel ändert Werte, wenn es eine solche Datei öffnet: {examples}.</translation>
    </message>
    <message>
        <source>Use &amp;XLSX instead</source>
        <translation>Stattdessen &amp;XLSX</translation>
    </message>
    <message>
        <source>Use XLSX instead, which keeps these values</source>
        <translation>Stattdessen XLSX verwenden, das diese Werte bewahrt</translation>
    </message>
    <message numerus="yes">
        <source>and so in {count} more column(s)</source>
        <translation>
            <numerusform>und ebenso in {count} weiteren Spalte</numerusform>
            <numerusform>und ebenso in {count} weiteren Spalten</numerusform>
        </translation>
    </message>
    <message>
        <source>{value} in {column} becomes {becomes}</source>
        <translation>{value} in {column} wird zu {becomes}</translation>
    </message>
</context>
<context>
    <name>Explorer</name>
    <message>
        <source>Find a table</source>
        <translation>Tabelle suchen</translation>
    </message>
    <message>
        <source>No table matches “{text}”. Esc in the field above shows all of them.</source>
        <translation>Keine Tabelle passt zu „{text}“. Esc im Feld darüber zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Once a database is open, its tables are listed here.</source>
        <translation>Sobald eine Datenbank geöffnet ist, stehen hier ihre Tabellen.</translation>
    </message>
    <message>
        <source>Tables</source>
        <translation>Tabellen</translation>
    </message>
    <message>
        <source>This database has no tables.</source>
        <translation>Diese Datenbank hat keine Tabellen.</translation>
    </message>
</context>
<context>
    <name>ExportColumns</name>
    <message>
        <source>F2 renames a column, Alt+↑ and Alt+↓ move it.</source>
        <translation>F2 benennt eine Spalte um, Alt+↑ und Alt+↓ verschieben sie.</translation>
    </message>
    <message>
        <source>The other name is for the file only. Columns can be dragged, too.</source>
        <translation>Der andere Name gilt nur für die Datei. Spalten lassen sich auch ziehen.</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>&amp;Columns</source>
        <translation>&amp;Spalten</translation>
    </message>
    <message>
        <source>A line for a terminal that does the same.</source>
        <translation>Eine Zeile für ein Terminal, die dasselbe bewirkt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose at least one column.</source>
        <translation>Wählen Sie mindestens eine Spalte.</translation>
    </message>
    <message>
        <source>Close without exporting</source>
        <translation>Schließen, ohne zu exportieren</translation>
    </message>
    <message>
        <source>Copy a&amp;s command</source>
        <translation>Als Befehl &amp;kopieren</translation>
    </message>
    <message>
        <source>Copy the export as a command</source>
        <translation>Den Export als Befehl kopieren</translation>
    </message>
    <message>
        <source>Counting the rows…</source>
        <translation>Die Zeilen werden gezählt…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to a file</source>
        <translation>In eine Datei exportieren</translation>
    </message>
    <message>
        <source>It was made for {table}: only the way to write the file is taken from it.</source>
        <translation>Es wurde für {table} angelegt: Nur die Art, die Datei zu schreiben, wird daraus übernommen.</translation>
    </message>
    <message>
        <source>No column is chosen.</source>
        <translation>Keine Spalte ist ausgewählt.</translation>
    </message>
    <message>
        <source>Pre&amp;view</source>
        <translation>&amp;Vorschau</translation>
    </message>
    <message>
        <source>Say which file to write, with its folder, or press “Choose…”.</source>
        <translation>Geben Sie die Datei mit ihrem Ordner an, oder drücken Sie „Wählen…“.</translation>
    </message>
    <message>
        <source>Start the export</source>
        <translation>Den Export starten</translation>
    </message>
    <message>
        <source>What to export, and how</source>
        <translation>Was exportiert wird und wie</translation>
    </message>
</context>
<context>
    <name>ExportOffer</name>
    <message>
        <source>All rows</source>
        <translation>Alle Zeilen</translation>
    </message>
    <message>
        <source>All rows that match</source>
        <translation>Alle passenden Zeilen</translation>
    </message>
    <message>
        <source>where {filters}</source>
        <translation>mit: {filters}</translation>
    </message>
    <message>
        <source>{count} of {table}</source>
        <translation>{count} aus {table}</translation>
    </message>
    <message>
        <source>{count} selected of {table}</source>
        <translation>{count} ausgewählt aus {table}</translation>
    </message>
</context>
<context>
    <name>ExportPreview</name>
    <message>
        <source>Preview of the first lines</source>
        <translation>Vorschau der ersten Zeilen als Text</translation>
    </message>
    <message>
        <source>Preview of the first rows</source>
        <translation>Vorschau der ersten Zeilen</translation>
    </message>
    <message>
        <source>Reading the first rows…</source>
        <translation>Die ersten Zeilen werden gelesen…</translation>
    </message>
    <message>
        <source>… and {count} more</source>
        <translation>… und {count} weitere</translation>
    </message>
</context>
<context>
    <name>ExportsPanel</name>
    <message>
        <source>&amp;Give up</source>
        <translation>Export &amp;abbrechen</translation>
    </message>
    <message>
        <source>By the name of the file, the table, the database or the state.</source>
        <translation>Nach dem Namen der Datei, der Tabelle, der Datenbank oder dem Zustand.</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>Exporte</translation>
    </message>
    <message>
        <source>Find an export</source>
        <translation>Export suchen</translation>
    </message>
    <message>
        <source>Give up the export to {file}?</source>
        <translation>Den Export nach {file} abbrechen?</translation>
    </message>
    <message>
        <source>Give up this export?</source>
        <translation>Diesen Export abbrechen?</translation>
    </message>
    <message>
        <source>List of exports</source>
        <translation>Liste der Exporte</translation>
    </message>
    <message>
        <source>No export matches “{text}”. Esc in the field shows all {count} again.</source>
        <translation>Kein Export passt zu „{text}“. Esc im Feld zeigt wieder alle {count}.</translation>
    </message>
    <message>
        <source>No exports yet. Filter the table, then press Ctrl+E to write what you see to a file.</source>
        <translation>Noch keine Exporte. Filtern Sie die Tabelle, und schreiben Sie mit Strg+E in eine Datei, was Sie sehen.</translation>
    </message>
    <message>
        <source>No row was written so far. It cannot be resumed.</source>
        <translation>Bisher ist keine Zeile geschrieben. Der Export lässt sich nicht fortsetzen.</translation>
    </message>
    <message>
        <source>Show more exports</source>
        <translation>Mehr Exporte zeigen</translation>
    </message>
    <message>
        <source>Show {more} &amp;more of {count}</source>
        <translation>{more} &amp;weitere von {count} zeigen</translation>
    </message>
    <message numerus="yes">
        <source>The (row|{count} rows) written so far (is|are) thrown away. It cannot be resumed.</source>
        <translation>
            <numerusform>Die bisher geschriebene Zeile wird verworfen. Der Export lässt sich nicht fortsetzen.</numerusform>
            <numerusform>Die bisher geschriebenen {count} Zeilen werden verworfen. Der Export lässt sich nicht fortsetzen.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>FacetChoice</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Found in a sample of the rows: rarer values are not listed</source>
        <translation>In einer Stichprobe der Zeilen gefunden: Seltenere Werte fehlen in der Liste</translation>
    </message>
    <message>
        <source>Other value…</source>
        <translation>Anderer Wert…</translation>
    </message>
    <message>
        <source>Show only rows by {column}</source>
        <translation>Nur Zeilen nach {column} zeigen</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>an unknown time</source>
        <translation>eine unbekannte Zeit</translation>
    </message>
    <message>
        <source>less than a second</source>
        <translation>weniger als eine Sekunde</translation>
    </message>
    <message numerus="yes">
        <source>{count} row(s)</source>
        <translation>
            <numerusform>{count} Zeile</numerusform>
            <numerusform>{count} Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>{hours} h {minutes} min</source>
        <translation>{hours} h {minutes} min</translation>
    </message>
    <message>
        <source>{millions} million</source>
        <translation>{millions} Millionen</translation>
    </message>
    <message>
        <source>{minutes} min {seconds} s</source>
        <translation>{minutes} min {seconds} s</translation>
    </message>
    <message>
        <source>{percent} %</source>
        <translation>{percent} %</translation>
    </message>
    <message numerus="yes">
        <source>{rows} of {total} row(s)</source>
        <translation>
            <numerusform>{rows} von {total} Zeile</numerusform>
            <numerusform>{rows} von {total} Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>{seconds} s</source>
        <translation>{seconds} s</translation>
    </message>
    <message>
        <source>{size}/s</source>
        <translation>{size}/s</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
</context>
<context>
    <name>FileField</name>
    <message>
        <source>&amp;Replace the file if it exists, once the export is whole</source>
        <translation>Vo&amp;rhandene Datei ersetzen, sobald der Export vollständig ist</translation>
    </message>
    <message>
        <source>C&amp;hoose…</source>
        <translation>&amp;Wählen…</translation>
    </message>
    <message>
        <source>Choose the file to write</source>
        <translation>Die zu schreibende Datei wählen</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>File to write</source>
        <translation>Zu schreibende Datei</translation>
    </message>
    <message>
        <source>Replace an existing file</source>
        <translation>Eine vorhandene Datei ersetzen</translation>
    </message>
</context>
<context>
    <name>FilePart</name>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Com&amp;pression</source>
        <translation>Kom&amp;primierung</translation>
    </message>
    <message>
        <source>Compression of the file</source>
        <translation>Komprimierung der Datei</translation>
    </message>
    <message>
        <source>For&amp;mat</source>
        <translation>For&amp;mat</translation>
    </message>
    <message>
        <source>Format of the file</source>
        <translation>Format der Datei</translation>
    </message>
</context>
<context>
    <name>FilterBar</name>
    <message>
        <source>A&amp;dd filter…</source>
        <translation>Neuer F&amp;ilter…</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>Einen Filter hinzufügen</translation>
    </message>
    <message>
        <source>All text columns</source>
        <translation>Alle Texte</translation>
    </message>
    <message>
        <source>C&amp;lear</source>
        <translation>&amp;Leeren</translation>
    </message>
    <message>
        <source>Chan&amp;ged since: refresh</source>
        <translation>&amp;Geändert: aktualisieren</translation>
    </message>
    <message>
        <source>Clear all filters</source>
        <translation>Alle Filter aufheben</translation>
    </message>
    <message>
        <source>Column to search in</source>
        <translation>Spalte, in der gesucht wird</translation>
    </message>
    <message>
        <source>E&amp;xport…</source>
        <translation>E&amp;xport…</translation>
    </message>
    <message>
        <source>Export these rows to a file</source>
        <translation>Diese Zeilen in eine Datei exportieren</translation>
    </message>
    <message>
        <source>Number of rows</source>
        <translation>Anzahl der Zeilen</translation>
    </message>
    <message>
        <source>Search in all text columns</source>
        <translation>In allen Texten suchen</translation>
    </message>
    <message>
        <source>Search in {column}</source>
        <translation>In {column} suchen</translation>
    </message>
    <message>
        <source>Search text</source>
        <translation>Suchtext</translation>
    </message>
    <message>
        <source>The database changed since: read the rows again</source>
        <translation>Die Datenbank hat sich inzwischen geändert: die Zeilen erneut lesen</translation>
    </message>
    <message>
        <source>This table has no text to search</source>
        <translation>Diese Tabelle hat keinen Text zum Durchsuchen</translation>
    </message>
</context>
<context>
    <name>FilterChips</name>
    <message>
        <source>Take back the filter {words}</source>
        <translation>Den Filter {words} zurücknehmen</translation>
    </message>
    <message>
        <source>Take back: {words}</source>
        <translation>Zurücknehmen: {words}</translation>
    </message>
</context>
<context>
    <name>FilterWords</name>
    <message>
        <source>(empty)</source>
        <translation>(leer)</translation>
    </message>
    <message>
        <source>any text contains “{text}”</source>
        <translation>irgendein Text enthält „{text}“</translation>
    </message>
    <message>
        <source>{column} contains “{text}”</source>
        <translation>{column} enthält „{text}“</translation>
    </message>
    <message>
        <source>{low} and {high}</source>
        <translation>{low} und {high}</translation>
    </message>
</context>
<context>
    <name>FinishedFiles</name>
    <message>
        <source>No program of this computer opens {path}. The file was not changed.</source>
        <translation>Kein Programm dieses Computers öffnet {path}. Die Datei wurde nicht geändert.</translation>
    </message>
    <message>
        <source>There is no file {path} any more: it was moved or deleted. Export it again if you need it.</source>
        <translation>Die Datei {path} gibt es nicht mehr: Sie wurde verschoben oder gelöscht. Exportieren Sie noch einmal, wenn Sie sie brauchen.</translation>
    </message>
    <message>
        <source>There is no folder {path} any more. Nothing was changed.</source>
        <translation>Den Ordner {path} gibt es nicht mehr. Nichts wurde geändert.</translation>
    </message>
</context>
<context>
    <name>FormatOptions</name>
    <message>
        <source>&amp;Delimiter</source>
        <translation>Tr&amp;ennzeichen</translation>
    </message>
    <message>
        <source>&amp;NULL as</source>
        <translation>&amp;NULL als</translation>
    </message>
    <message>
        <source>&amp;Quotes</source>
        <translation>Anfü&amp;hrungszeichen</translation>
    </message>
    <message>
        <source>An apostrophe before texts that a spreadsheet would run.</source>
        <translation>Ein Apostroph vor Texten, die eine Tabellenkalkulation ausführen würde.</translation>
    </message>
    <message>
        <source>B&amp;yte order mark</source>
        <translation>B&amp;ytereihenfolge-Marke</translation>
    </message>
    <message>
        <source>Begin with a byte order mark</source>
        <translation>Mit einer Bytereihenfolge-Marke (BOM) beginnen</translation>
    </message>
    <message>
        <source>Begin with a line of names</source>
        <translation>Mit einer Zeile der Spaltennamen beginnen</translation>
    </message>
    <message>
        <source>By it, Excel and others know UTF-8.</source>
        <translation>Daran erkennen Excel und andere UTF-8.</translation>
    </message>
    <message>
        <source>Decimal mar&amp;k</source>
        <translation>Dezimalzei&amp;chen</translation>
    </message>
    <message>
        <source>Decimal mark of numbers</source>
        <translation>Dezimalzeichen der Zahlen</translation>
    </message>
    <message>
        <source>Delimiter between cells</source>
        <translation>Trennzeichen zwischen Zellen</translation>
    </message>
    <message>
        <source>Enc&amp;oding</source>
        <translation>K&amp;odierung</translation>
    </message>
    <message>
        <source>Encoding of letters</source>
        <translation>Kodierung der Buchstaben</translation>
    </message>
    <message>
        <source>Formula g&amp;uard</source>
        <translation>Formelsch&amp;utz</translation>
    </message>
    <message>
        <source>Guard against formulas</source>
        <translation>Vor Formeln schützen</translation>
    </message>
    <message>
        <source>Header l&amp;ine</source>
        <translation>Kopfze&amp;ile</translation>
    </message>
    <message>
        <source>Line endin&amp;g</source>
        <translation>Zeilenum&amp;bruch</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Other delimiter, one character</source>
        <translation>Anderes Trennzeichen, ein Zeichen</translation>
    </message>
    <message>
        <source>Prese&amp;t</source>
        <translation>Vorla&amp;ge</translation>
    </message>
    <message>
        <source>Preset of options</source>
        <translation>Vorlage für die Optionen</translation>
    </message>
    <message>
        <source>Type the character between two cells: any one but a quotation mark.</source>
        <translation>Geben Sie das Zeichen zwischen zwei Zellen ein: jedes außer einem Anführungszeichen.</translation>
    </message>
    <message>
        <source>What NULL becomes</source>
        <translation>Was aus NULL wird</translation>
    </message>
    <message>
        <source>What ends a line</source>
        <translation>Was eine Zeile beendet</translation>
    </message>
    <message>
        <source>Which cells stand in quotes</source>
        <translation>Welche Zellen in Anführungszeichen stehen</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
</context>
<context>
    <name>Formats</name>
    <message>
        <source>All cells</source>
        <translation>Alle Zellen</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>An XLSX file is compressed already.</source>
        <translation>Eine XLSX-Datei ist bereits komprimiert.</translation>
    </message>
    <message>
        <source>Comma</source>
        <translation>Komma</translation>
    </message>
    <message>
        <source>Comma: 1,5</source>
        <translation>Komma: 1,5</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Eigene</translation>
    </message>
    <message>
        <source>Excel</source>
        <translation>Excel</translation>
    </message>
    <message>
        <source>Excel (XLSX)</source>
        <translation>Excel (XLSX)</translation>
    </message>
    <message>
        <source>Inside the file’s own pages, where any reader of Parquet expects it.</source>
        <translation>In den Seiten der Datei selbst, wo jedes Parquet lesende Programm sie erwartet.</translation>
    </message>
    <message>
        <source>JSON Lines</source>
        <translation>JSON Lines</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Other:</source>
        <translation>Anderes:</translation>
    </message>
    <message>
        <source>Pipe</source>
        <translation>Senkrechter Strich</translation>
    </message>
    <message>
        <source>Plain</source>
        <translation>Einfach</translation>
    </message>
    <message>
        <source>Point: 1.5</source>
        <translation>Punkt: 1.5</translation>
    </message>
    <message>
        <source>Semicolon</source>
        <translation>Semikolon</translation>
    </message>
    <message>
        <source>Tab</source>
        <translation>Tabulator</translation>
    </message>
    <message>
        <source>Where needed</source>
        <translation>Wo nötig</translation>
    </message>
    <message>
        <source>{format} files ({patterns})</source>
        <translation>{format}-Dateien ({patterns})</translation>
    </message>
</context>
<context>
    <name>JobCard</name>
    <message>
        <source>Finish {file}</source>
        <translation>{file} abschließen</translation>
    </message>
    <message>
        <source>Give up {file}</source>
        <translation>Export nach {file} abbrechen</translation>
    </message>
    <message>
        <source>More for {file}</source>
        <translation>Mehr zu {file}</translation>
    </message>
    <message>
        <source>Open the folder of {file}</source>
        <translation>Den Ordner von {file} öffnen</translation>
    </message>
    <message>
        <source>Open {file}</source>
        <translation>{file} öffnen</translation>
    </message>
    <message>
        <source>Pause {file}</source>
        <translation>{file} anhalten</translation>
    </message>
    <message>
        <source>Progress of {file}</source>
        <translation>Fortschritt von {file}</translation>
    </message>
    <message>
        <source>Resume {file}</source>
        <translation>{file} fortsetzen</translation>
    </message>
    <message>
        <source>Stop copying {file}</source>
        <translation>Das Kopieren von {file} abbrechen</translation>
    </message>
    <message>
        <source>Try {file} again</source>
        <translation>{file} erneut versuchen</translation>
    </message>
</context>
<context>
    <name>JobDetails</name>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Log</source>
        <translation>Proto&amp;koll</translation>
    </message>
    <message>
        <source>A line for a terminal that does the same.</source>
        <translation>Eine Zeile für ein Terminal, die dasselbe bewirkt.</translation>
    </message>
    <message>
        <source>Close the details</source>
        <translation>Die Details schließen</translation>
    </message>
    <message>
        <source>Copy &amp;SHA-256</source>
        <translation>&amp;SHA-256 kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;as command</source>
        <translation>Als &amp;Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>Copy the SHA-256 of the file</source>
        <translation>Den SHA-256 der Datei kopieren</translation>
    </message>
    <message>
        <source>Copy the export as a command</source>
        <translation>Den Export als Befehl kopieren</translation>
    </message>
    <message>
        <source>Copy the path of the file</source>
        <translation>Den Pfad der Datei kopieren</translation>
    </message>
    <message>
        <source>Copy the path of the first file</source>
        <translation>Den Pfad der ersten Datei kopieren</translation>
    </message>
    <message>
        <source>Course</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>Details of {file}</source>
        <translation>Details zu {file}</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Log of this export</source>
        <translation>Protokoll dieses Exports</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird nachgesehen…</translation>
    </message>
    <message>
        <source>On the disk</source>
        <translation>Auf dem Datenträger</translation>
    </message>
    <message>
        <source>Reading the log…</source>
        <translation>Das Protokoll wird gelesen…</translation>
    </message>
    <message>
        <source>The log has no lines of this export any more: older ones make room for newer ones.</source>
        <translation>Das Protokoll hat keine Zeilen dieses Exports mehr: Ältere machen neueren Platz.</translation>
    </message>
    <message>
        <source>What was asked for</source>
        <translation>Was gewünscht war</translation>
    </message>
</context>
<context>
    <name>JobDetailsWords</name>
    <message numerus="yes">
        <source>(once|{count} times)</source>
        <translation>
            <numerusform>einmal</numerusform>
            <numerusform>{count}-mal</numerusform>
        </translation>
    </message>
    <message>
        <source>All {count} files are there</source>
        <translation>Alle {count} Dateien sind da</translation>
    </message>
    <message>
        <source>Another file has its name</source>
        <translation>Eine andere Datei trägt ihren Namen</translation>
    </message>
    <message>
        <source>Asked for</source>
        <translation>Gewünscht</translation>
    </message>
    <message>
        <source>Care</source>
        <translation>Sorgfalt</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Decimals</source>
        <translation>Dezimalzeichen</translation>
    </message>
    <message>
        <source>Delimiter</source>
        <translation>Trennzeichen</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>Beendet</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Finished</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Job</source>
        <translation>Auftrag</translation>
    </message>
    <message>
        <source>Lines</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>NULL</source>
        <translation>NULL</translation>
    </message>
    <message>
        <source>New names</source>
        <translation>Neue Namen</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Reihenfolge</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Quotes</source>
        <translation>Anführungszeichen</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>Fortgesetzt</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Source changed</source>
        <translation>Quelle geändert</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilung</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Statement</source>
        <translation>Anweisung</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>The file is gone</source>
        <translation>Die Datei ist verschwunden</translation>
    </message>
    <message>
        <source>The file is not there yet</source>
        <translation>Die Datei ist noch nicht da</translation>
    </message>
    <message>
        <source>The file is there</source>
        <translation>Die Datei ist da</translation>
    </message>
    <message>
        <source>There is no file</source>
        <translation>Es gibt keine Datei</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>Was zu tun ist</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>a manifest stands beside it</source>
        <translation>ein Manifest liegt daneben</translation>
    </message>
    <message>
        <source>a manifest stands beside them</source>
        <translation>ein Manifest liegt daneben</translation>
    </message>
    <message>
        <source>all rows as of one moment</source>
        <translation>alle Zeilen vom selben Zeitpunkt</translation>
    </message>
    <message>
        <source>all {count}: {names}</source>
        <translation>alle {count}: {names}</translation>
    </message>
    <message>
        <source>all, without a filter</source>
        <translation>alle, ohne Filter</translation>
    </message>
    <message>
        <source>as nothing</source>
        <translation>als nichts</translation>
    </message>
    <message>
        <source>as the database gives them</source>
        <translation>wie die Datenbank sie liefert</translation>
    </message>
    <message>
        <source>as the key: {key}</source>
        <translation>wie der Schlüssel: {key}</translation>
    </message>
    <message>
        <source>as “{text}”</source>
        <translation>als „{text}“</translation>
    </message>
    <message>
        <source>at most {count} in each file</source>
        <translation>höchstens {count} je Datei</translation>
    </message>
    <message>
        <source>behind the {rows} that were there</source>
        <translation>hinter den {rows}, die schon da waren</translation>
    </message>
    <message>
        <source>formulas made harmless</source>
        <translation>Formeln unschädlich gemacht</translation>
    </message>
    <message>
        <source>may replace a file</source>
        <translation>darf eine Datei ersetzen</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>no manifest stands beside it</source>
        <translation>kein Manifest liegt daneben</translation>
    </message>
    <message>
        <source>no manifest stands beside them</source>
        <translation>kein Manifest liegt daneben</translation>
    </message>
    <message>
        <source>no, not while it was read</source>
        <translation>nein, nicht während des Lesens</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>nicht bekannt</translation>
    </message>
    <message>
        <source>replaces text that is not valid</source>
        <translation>ersetzt ungültigen Text</translation>
    </message>
    <message>
        <source>rows as they are when read</source>
        <translation>Zeilen, wie sie beim Lesen sind</translation>
    </message>
    <message>
        <source>selected ones, from {first} to {last}</source>
        <translation>ausgewählte, von {first} bis {last}</translation>
    </message>
    <message>
        <source>stops at text that is not valid</source>
        <translation>hält bei ungültigem Text an</translation>
    </message>
    <message>
        <source>then as the key: {key}</source>
        <translation>dann wie der Schlüssel: {key}</translation>
    </message>
    <message>
        <source>with a line of names</source>
        <translation>mit einer Zeile der Spaltennamen</translation>
    </message>
    <message>
        <source>with a manifest</source>
        <translation>mit Manifest</translation>
    </message>
    <message>
        <source>without a line of names</source>
        <translation>ohne Zeile der Spaltennamen</translation>
    </message>
    <message>
        <source>without a manifest</source>
        <translation>ohne Manifest</translation>
    </message>
    <message>
        <source>yes, while it was read: some rows may be older than others</source>
        <translation>ja, während des Lesens: Manche Zeilen können älter sein als andere</translation>
    </message>
    <message>
        <source>{column}, largest first</source>
        <translation>{column}, größte zuerst</translation>
    </message>
    <message>
        <source>{column}, smallest first</source>
        <translation>{column}, kleinste zuerst</translation>
    </message>
    <message numerus="yes">
        <source>{count} byte(s)</source>
        <translation>
            <numerusform>{count} Byte</numerusform>
            <numerusform>{count} Bytes</numerusform>
        </translation>
    </message>
    <message>
        <source>{count} of {total}: {names}</source>
        <translation>{count} von {total}: {names}</translation>
    </message>
    <message>
        <source>{encoding} with BOM</source>
        <translation>{encoding} mit BOM</translation>
    </message>
    <message>
        <source>{file}; {manifest}.</source>
        <translation>{file}; {manifest}.</translation>
    </message>
    <message>
        <source>{format}, packed with {compression}</source>
        <translation>{format}, gepackt mit {compression}</translation>
    </message>
    <message numerus="yes">
        <source>{gone} of {count} files (is|are) gone</source>
        <translation>
            <numerusform>{gone} von {count} Dateien ist verschwunden</numerusform>
            <numerusform>{gone} von {count} Dateien sind verschwunden</numerusform>
        </translation>
    </message>
    <message>
        <source>{names} … and {count} more</source>
        <translation>{names} … und {count} weitere</translation>
    </message>
    <message>
        <source>{rows} of {total}, {percent}</source>
        <translation>{rows} von {total}, {percent}</translation>
    </message>
    <message>
        <source>{time}, after {duration}</source>
        <translation>{time}, nach {duration}</translation>
    </message>
    <message>
        <source>{time}, {duration} ago</source>
        <translation>{time}, vor {duration}</translation>
    </message>
</context>
<context>
    <name>JobMenu</name>
    <message>
        <source>&amp;Details…</source>
        <translation>&amp;Details…</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>Ö&amp;ffnen</translation>
    </message>
    <message>
        <source>&amp;Remove from the list</source>
        <translation>Aus der &amp;Liste entfernen</translation>
    </message>
    <message>
        <source>&amp;Start now</source>
        <translation>&amp;Jetzt starten</translation>
    </message>
    <message>
        <source>&amp;Verify</source>
        <translation>P&amp;rüfen</translation>
    </message>
    <message>
        <source>Begin &amp;again…</source>
        <translation>&amp;Neu beginnen…</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>&amp;Pfad kopieren</translation>
    </message>
    <message>
        <source>More for {file}</source>
        <translation>Mehr zu {file}</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>Nach o&amp;ben</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>Nach &amp;unten</translation>
    </message>
    <message>
        <source>Move to the fron&amp;t</source>
        <translation>Ganz nach &amp;vorn</translation>
    </message>
    <message>
        <source>Show in &amp;folder</source>
        <translation>Im &amp;Ordner zeigen</translation>
    </message>
    <message>
        <source>Stop &amp;verifying</source>
        <translation>P&amp;rüfung abbrechen</translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message>
        <source>1 export was interrupted at {percent}: {file}.</source>
        <translation>1 Export wurde bei {percent} unterbrochen: {file}.</translation>
    </message>
    <message>
        <source>All its rows are in {target}.</source>
        <translation>Alle Zeilen stehen in {target}.</translation>
    </message>
    <message>
        <source>Begin again…</source>
        <translation>Neu beginnen…</translation>
    </message>
    <message>
        <source>Being copied…</source>
        <translation>Wird kopiert…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>Wird exportiert</translation>
    </message>
    <message>
        <source>Exporting in another program</source>
        <translation>Wird in einem anderen Programm exportiert</translation>
    </message>
    <message>
        <source>Find the file…</source>
        <translation>Datei suchen…</translation>
    </message>
    <message>
        <source>Finishing in another program</source>
        <translation>Wird in einem anderen Programm abgeschlossen</translation>
    </message>
    <message>
        <source>Given up</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Go on from the intact rows</source>
        <translation>Mit den unversehrten Zeilen weitermachen</translation>
    </message>
    <message>
        <source>Go on with this database</source>
        <translation>Mit dieser Datenbank weitermachen</translation>
    </message>
    <message>
        <source>Go on without the snapshot</source>
        <translation>Ohne den Snapshot weitermachen</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>It cannot be resumed. Start a new export.</source>
        <translation>Er lässt sich nicht fortsetzen. Beginnen Sie einen neuen Export.</translation>
    </message>
    <message>
        <source>Not begun</source>
        <translation>Noch nicht begonnen</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Paused by an error</source>
        <translation>Durch einen Fehler angehalten</translation>
    </message>
    <message numerus="yes">
        <source>Pausing {count} export(s)…</source>
        <translation>
            <numerusform>{count} Export wird angehalten…</numerusform>
            <numerusform>{count} Exporte werden angehalten…</numerusform>
        </translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>SHA-256 of the list</source>
        <translation>SHA-256 der Liste</translation>
    </message>
    <message>
        <source>Save elsewhere…</source>
        <translation>Woanders speichern…</translation>
    </message>
    <message>
        <source>Stopped by an error</source>
        <translation>Durch einen Fehler beendet</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>The export to {file} is under way here already.</source>
        <translation>Der Export nach {file} läuft hier schon.</translation>
    </message>
    <message>
        <source>The export to {target} was given up.</source>
        <translation>Der Export nach {target} wurde abgebrochen.</translation>
    </message>
    <message>
        <source>This export is done already.</source>
        <translation>Dieser Export ist schon fertig.</translation>
    </message>
    <message>
        <source>Waiting for its turn</source>
        <translation>Wartet, bis er an der Reihe ist</translation>
    </message>
    <message>
        <source>Waiting for its turn: {number} of {count}</source>
        <translation>Wartet, bis er an der Reihe ist: {number} von {count}</translation>
    </message>
    <message>
        <source>Waiting for the database</source>
        <translation>Wartet auf die Datenbank</translation>
    </message>
    <message>
        <source>Waiting for the disk</source>
        <translation>Wartet auf den Datenträger</translation>
    </message>
    <message>
        <source>from {table} in {source}</source>
        <translation>aus {table} in {source}</translation>
    </message>
    <message>
        <source>no rows were added since {time}</source>
        <translation>seit {time} kamen keine Zeilen hinzu</translation>
    </message>
    <message>
        <source>{count} exports were interrupted.</source>
        <translation>{count} Exporte wurden unterbrochen.</translation>
    </message>
    <message>
        <source>{rows} added since {time}</source>
        <translation>{rows} hinzugekommen seit {time}</translation>
    </message>
    <message>
        <source>{rows} rows/s</source>
        <translation>{rows} Zeilen/s</translation>
    </message>
    <message>
        <source>{rows} saved</source>
        <translation>{rows} gesichert</translation>
    </message>
</context>
<context>
    <name>KeepPasswordBox</name>
    <message>
        <source>Keep the password in the s&amp;ystem's keyring</source>
        <translation>Passwort im Schlüsselbund des S&amp;ystems aufbewahren</translation>
    </message>
    <message>
        <source>Keep the password in the system's keyring</source>
        <translation>Das Passwort im Schlüsselbund des Systems aufbewahren</translation>
    </message>
    <message>
        <source>Looking for a keyring…</source>
        <translation>Ein Schlüsselbund wird gesucht…</translation>
    </message>
    <message>
        <source>No keyring here: the password is known until the program closes.</source>
        <translation>Hier gibt es keinen Schlüsselbund: Das Passwort ist nur bekannt, bis das Programm endet.</translation>
    </message>
    <message>
        <source>The keyring did not take the password. It is known until the program closes.</source>
        <translation>Der Schlüsselbund hat das Passwort nicht angenommen. Es ist nur bekannt, bis das Programm endet.</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Go to row</source>
        <translation>Gehe zu Zeile</translation>
    </message>
    <message>
        <source>One file is shown at a time: {name} was opened, the others were not.</source>
        <translation>Es wird eine Datei auf einmal gezeigt: {name} wurde geöffnet, die anderen nicht.</translation>
    </message>
    <message>
        <source>Open database</source>
        <translation>Datenbank öffnen</translation>
    </message>
    <message>
        <source>Recover an unfinished export</source>
        <translation>Unfertigen Export wiederherstellen</translation>
    </message>
    <message>
        <source>Row number, up to {rows}:</source>
        <translation>Nummer der Zeile, bis {rows}:</translation>
    </message>
    <message>
        <source>SQLite databases (*.db *.sqlite *.sqlite3 *.db3)</source>
        <translation>SQLite-Datenbanken (*.db *.sqlite *.sqlite3 *.db3)</translation>
    </message>
</context>
<context>
    <name>Menus</name>
    <message>
        <source>&amp;About DataFlow Desktop</source>
        <translation>Ü&amp;ber DataFlow Desktop</translation>
    </message>
    <message>
        <source>&amp;Appearance</source>
        <translation>&amp;Erscheinungsbild</translation>
    </message>
    <message>
        <source>&amp;As the system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>&amp;Change this query…</source>
        <translation>&amp;Diese Abfrage ändern…</translation>
    </message>
    <message>
        <source>&amp;Columns…</source>
        <translation>&amp;Spalten…</translation>
    </message>
    <message>
        <source>&amp;Connect to a server…</source>
        <translation>Mit &amp;Server verbinden…</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>&amp;Kopieren</translation>
    </message>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Delete this query…</source>
        <translation>Diese Abfrage &amp;löschen…</translation>
    </message>
    <message>
        <source>&amp;Details of the row</source>
        <translation>&amp;Details der Zeile</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Go to row…</source>
        <translation>Gehe zu &amp;Zeile…</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;High contrast, light</source>
        <translation>Hoher &amp;Kontrast, hell</translation>
    </message>
    <message>
        <source>&amp;Keyboard shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;New query…</source>
        <translation>&amp;Neue Abfrage…</translation>
    </message>
    <message>
        <source>&amp;Open database…</source>
        <translation>&amp;Datenbank öffnen…</translation>
    </message>
    <message>
        <source>&amp;Query</source>
        <translation>Ab&amp;frage</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Recover an unfinished export…</source>
        <translation>&amp;Unfertigen Export wiederherstellen…</translation>
    </message>
    <message>
        <source>&amp;Redo filter change</source>
        <translation>Filteränderung &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>&amp;Aktualisieren</translation>
    </message>
    <message>
        <source>&amp;Search</source>
        <translation>&amp;Suchen</translation>
    </message>
    <message>
        <source>&amp;Stop the running query</source>
        <translation>Laufende Abfrage abb&amp;rechen</translation>
    </message>
    <message>
        <source>&amp;Tables</source>
        <translation>Ta&amp;bellen</translation>
    </message>
    <message>
        <source>&amp;Undo filter change</source>
        <translation>Filteränderung &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Add &amp;filter…</source>
        <translation>Neuer &amp;Filter…</translation>
    </message>
    <message>
        <source>C&amp;lear all filters</source>
        <translation>Alle Filter auf&amp;heben</translation>
    </message>
    <message>
        <source>Column at a g&amp;lance</source>
        <translation>Spalte im Überb&amp;lick</translation>
    </message>
    <message>
        <source>Copy as &amp;JSON</source>
        <translation>Als &amp;JSON kopieren</translation>
    </message>
    <message>
        <source>Copy as &amp;Markdown</source>
        <translation>Als &amp;Markdown kopieren</translation>
    </message>
    <message>
        <source>Copy as CS&amp;V</source>
        <translation>Als CS&amp;V kopieren</translation>
    </message>
    <message>
        <source>Copy with &amp;headers</source>
        <translation>Mit Spalten&amp;namen kopieren</translation>
    </message>
    <message>
        <source>Export &amp;selected rows…</source>
        <translation>Aus&amp;gewählte Zeilen exportieren…</translation>
    </message>
    <message>
        <source>Exports of one database a&amp;t once</source>
        <translation>Glei&amp;chzeitige Exporte je Datenbank</translation>
    </message>
    <message>
        <source>Find an &amp;export</source>
        <translation>E&amp;xport suchen</translation>
    </message>
    <message>
        <source>G&amp;o to table…</source>
        <translation>Gehe zu &amp;Tabelle…</translation>
    </message>
    <message>
        <source>High contrast, da&amp;rk</source>
        <translation>Hoher Ko&amp;ntrast, dunkel</translation>
    </message>
    <message>
        <source>Lang&amp;uage, from the next start on</source>
        <translation>S&amp;prache, ab dem nächsten Start</translation>
    </message>
    <message>
        <source>Remove ended e&amp;xports…</source>
        <translation>Beendete Ex&amp;porte entfernen…</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>&amp;Protokollordner zeigen</translation>
    </message>
</context>
<context>
    <name>NoteLine</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Stop verifying</source>
        <translation>Prüfung abbrechen</translation>
    </message>
</context>
<context>
    <name>Notification</name>
    <message>
        <source>Export done</source>
        <translation>Export fertig</translation>
    </message>
    <message>
        <source>Export stopped by an error</source>
        <translation>Export durch einen Fehler beendet</translation>
    </message>
    <message>
        <source>{file}: {reason}</source>
        <translation>{file}: {reason}</translation>
    </message>
    <message>
        <source>{rows} are in {file}.</source>
        <translation>{rows} stehen in {file}.</translation>
    </message>
</context>
<context>
    <name>OfferBar</name>
    <message>
        <source>L&amp;ater</source>
        <translation>Spä&amp;ter</translation>
    </message>
    <message>
        <source>Leave interrupted exports for later</source>
        <translation>Unterbrochene Exporte auf später verschieben</translation>
    </message>
    <message>
        <source>Res&amp;ume</source>
        <translation>Fo&amp;rtsetzen</translation>
    </message>
    <message>
        <source>Resume interrupted exports</source>
        <translation>Unterbrochene Exporte fortsetzen</translation>
    </message>
</context>
<context>
    <name>OwnQueries</name>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>Delete a query</source>
        <translation>Abfrage löschen</translation>
    </message>
    <message>
        <source>Delete the query {name}?</source>
        <translation>Die Abfrage {name} löschen?</translation>
    </message>
    <message>
        <source>Files that were exported from it stay, and so does all that is in the database.</source>
        <translation>Aus ihr exportierte Dateien bleiben, ebenso alles, was in der Datenbank steht.</translation>
    </message>
</context>
<context>
    <name>PartChooser</name>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Unfinished files (.*.part)</source>
        <translation>Unfertige Dateien (.*.part)</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>&amp;Connect</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close without connecting</source>
        <translation>Schließen, ohne zu verbinden</translation>
    </message>
    <message>
        <source>Connect with this password</source>
        <translation>Mit diesem Passwort verbinden</translation>
    </message>
    <message>
        <source>Pass&amp;word</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Password needed</source>
        <translation>Passwort nötig</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>Phrase</name>
    <message>
        <source>Comparing</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Searching</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Sorting and comparing by rank</source>
        <translation>Sortieren und Vergleichen nach Rang</translation>
    </message>
    <message>
        <source>The source is not a database URL.</source>
        <translation>Die Quelle ist keine URL einer Datenbank.</translation>
    </message>
    <message>
        <source>a UUID like 123e4567-e89b-12d3-a456-426614174000</source>
        <translation>eine UUID wie 123e4567-e89b-12d3-a456-426614174000</translation>
    </message>
    <message>
        <source>a bracket is not closed.</source>
        <translation>eine Klammer ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>a comment in it is one that MySQL carries out.</source>
        <translation>ein Kommentar darin ist einer, den MySQL ausführt.</translation>
    </message>
    <message>
        <source>a date like 2026-03-14</source>
        <translation>ein Datum wie 2026-03-14</translation>
    </message>
    <message>
        <source>a list with closed quotes</source>
        <translation>eine Liste mit geschlossenen Anführungszeichen</translation>
    </message>
    <message>
        <source>a number</source>
        <translation>eine Zahl</translation>
    </message>
    <message>
        <source>a parameter is written with {sign}. Write :name instead.</source>
        <translation>ein Parameter ist mit {sign} geschrieben. Schreiben Sie stattdessen :name.</translation>
    </message>
    <message>
        <source>a quote or a comment is not closed.</source>
        <translation>ein Anführungszeichen oder ein Kommentar ist nicht geschlossen.</translation>
    </message>
    <message>
        <source>a table has that name.</source>
        <translation>eine Tabelle hat diesen Namen.</translation>
    </message>
    <message>
        <source>a time like 2026-03-14T09:30:00</source>
        <translation>eine Zeit wie 2026-03-14T09:30:00</translation>
    </message>
    <message>
        <source>a value</source>
        <translation>einen Wert</translation>
    </message>
    <message>
        <source>a {bracket} closes nothing.</source>
        <translation>eine {bracket} schließt nichts.</translation>
    </message>
    <message>
        <source>an address like 10.0.0.1 or 10.0.0.0/8</source>
        <translation>eine Adresse wie 10.0.0.1 oder 10.0.0.0/8</translation>
    </message>
    <message>
        <source>another query has that name.</source>
        <translation>eine andere Abfrage hat diesen Namen.</translation>
    </message>
    <message>
        <source>by its parts the file is what was exported, by its sha256 it is not</source>
        <translation>nach ihren Teilen ist die Datei, was exportiert wurde, nach ihrem SHA-256 nicht</translation>
    </message>
    <message>
        <source>bytes in hex</source>
        <translation>Bytes in Hexadezimalziffern</translation>
    </message>
    <message>
        <source>in the middle of a snapshot</source>
        <translation>mitten in einem Snapshot</translation>
    </message>
    <message>
        <source>it begins with {word}, and only a SELECT is allowed.</source>
        <translation>sie beginnt mit {word}, und erlaubt ist nur ein SELECT.</translation>
    </message>
    <message>
        <source>it has no name.</source>
        <translation>sie hat keinen Namen.</translation>
    </message>
    <message>
        <source>it holds NULL.</source>
        <translation>er enthält NULL.</translation>
    </message>
    <message>
        <source>it is a file</source>
        <translation>es ist eine Datei</translation>
    </message>
    <message>
        <source>it is a folder</source>
        <translation>es ist ein Ordner</translation>
    </message>
    <message>
        <source>it is more than one statement.</source>
        <translation>es ist mehr als eine Anweisung.</translation>
    </message>
    <message>
        <source>it would write ({word}).</source>
        <translation>sie würde schreiben ({word}).</translation>
    </message>
    <message>
        <source>no value</source>
        <translation>keinen Wert</translation>
    </message>
    <message>
        <source>no value is given for {parameters}.</source>
        <translation>für {parameters} ist kein Wert angegeben.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keinen</translation>
    </message>
    <message>
        <source>of this kind of database only tables and views can be shown. Make a view of it there.</source>
        <translation>bei dieser Art von Datenbank lassen sich nur Tabellen und Sichten zeigen. Machen Sie dort eine Sicht daraus.</translation>
    </message>
    <message>
        <source>profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>saved connections</source>
        <translation>gespeicherte Verbindungen</translation>
    </message>
    <message>
        <source>saved profiles</source>
        <translation>gespeicherte Profile</translation>
    </message>
    <message>
        <source>saved queries</source>
        <translation>gespeicherte Abfragen</translation>
    </message>
    <message>
        <source>several rows have the same value.</source>
        <translation>mehrere Zeilen haben denselben Wert.</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>text or a number</source>
        <translation>Text oder eine Zahl</translation>
    </message>
    <message>
        <source>the database says: {reason}.</source>
        <translation>die Datenbank sagt: {reason}.</translation>
    </message>
    <message>
        <source>there is no statement.</source>
        <translation>es gibt keine Anweisung.</translation>
    </message>
    <message>
        <source>true or false</source>
        <translation>true oder false</translation>
    </message>
    <message>
        <source>two columns of its result are called {name}. Name one of them with AS.</source>
        <translation>zwei Spalten des Ergebnisses heißen {name}. Benennen Sie eine davon mit AS.</translation>
    </message>
    <message>
        <source>two values</source>
        <translation>zwei Werte</translation>
    </message>
</context>
<context>
    <name>ProfilePart</name>
    <message>
        <source>&amp;Delete</source>
        <translation>&amp;Löschen</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>&amp;Importieren…</translation>
    </message>
    <message>
        <source>&amp;Replace</source>
        <translation>&amp;Ersetzen</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>&amp;Speichern unter…</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keines)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>All rows are of one state of the database.</source>
        <translation>Alle Zeilen sind vom selben Stand der Datenbank.</translation>
    </message>
    <message>
        <source>Delete a profile</source>
        <translation>Profil löschen</translation>
    </message>
    <message>
        <source>Delete the profile {name}?</source>
        <translation>Das Profil {name} löschen?</translation>
    </message>
    <message>
        <source>Export the profile</source>
        <translation>Das Profil exportieren</translation>
    </message>
    <message>
        <source>Files that were exported with it stay, and so does all that is chosen here.</source>
        <translation>Damit exportierte Dateien bleiben, ebenso alles, was hier gewählt ist.</translation>
    </message>
    <message>
        <source>Import a profile</source>
        <translation>Profil importieren</translation>
    </message>
    <message>
        <source>Letters that are not valid are replaced.</source>
        <translation>Ungültige Buchstaben werden ersetzt.</translation>
    </message>
    <message>
        <source>Manage</source>
        <translation>Verwalten</translation>
    </message>
    <message>
        <source>Manage profiles</source>
        <translation>Profile verwalten</translation>
    </message>
    <message>
        <source>Name of the profile:</source>
        <translation>Name des Profils:</translation>
    </message>
    <message>
        <source>Profil&amp;e</source>
        <translation>Pro&amp;fil</translation>
    </message>
    <message>
        <source>Profile</source>
        <translation>Profil</translation>
    </message>
    <message>
        <source>Profiles (*.json)</source>
        <translation>Profile (*.json)</translation>
    </message>
    <message>
        <source>Replace a profile</source>
        <translation>Profil ersetzen</translation>
    </message>
    <message>
        <source>Replace the profile {name}?</source>
        <translation>Das Profil {name} ersetzen?</translation>
    </message>
    <message>
        <source>Save as a profile</source>
        <translation>Als Profil speichern</translation>
    </message>
    <message>
        <source>There is one of this name already; what it says would be gone.</source>
        <translation>Ein Profil mit diesem Namen gibt es schon; sein Inhalt ginge verloren.</translation>
    </message>
    <message>
        <source>{name} (changed)</source>
        <translation>{name} (geändert)</translation>
    </message>
</context>
<context>
    <name>QueryDialog</name>
    <message>
        <source>&amp;Key: columns that tell the rows apart</source>
        <translation>Sch&amp;lüssel: Spalten, die die Zeilen unterscheiden</translation>
    </message>
    <message>
        <source>&amp;Name</source>
        <translation>&amp;Name</translation>
    </message>
    <message>
        <source>&amp;Save and show</source>
        <translation>&amp;Speichern und anzeigen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Change a query</source>
        <translation>Abfrage ändern</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Schließen, ohne zu speichern</translation>
    </message>
    <message>
        <source>Columns of the key</source>
        <translation>Spalten des Schlüssels</translation>
    </message>
    <message>
        <source>Give the query a name: it stands among the tables by it.</source>
        <translation>Geben Sie der Abfrage einen Namen: Unter ihm steht sie bei den Tabellen.</translation>
    </message>
    <message>
        <source>Looking whether the key tells all rows apart…</source>
        <translation>Es wird geprüft, ob der Schlüssel alle Zeilen unterscheidet…</translation>
    </message>
    <message>
        <source>Name of the query</source>
        <translation>Name der Abfrage</translation>
    </message>
    <message>
        <source>New query</source>
        <translation>Neue Abfrage</translation>
    </message>
    <message>
        <source>S&amp;ELECT statement</source>
        <translation>S&amp;ELECT-Anweisung</translation>
    </message>
    <message>
        <source>SELECT statement</source>
        <translation>SELECT-Anweisung</translation>
    </message>
    <message>
        <source>SELECT … FROM … WHERE price &gt; :least

Write :name for a value to be filled in below.</source>
        <translation>SELECT … FROM … WHERE preis &gt; :mindestens

Schreiben Sie :name für einen Wert, der unten eingetragen wird.</translation>
    </message>
    <message>
        <source>Save the query and show its rows</source>
        <translation>Die Abfrage speichern und ihre Zeilen zeigen</translation>
    </message>
    <message>
        <source>Saving…</source>
        <translation>Wird gespeichert…</translation>
    </message>
    <message>
        <source>Value of {name}</source>
        <translation>Wert von {name}</translation>
    </message>
    <message>
        <source>What it is called among the tables</source>
        <translation>Wie sie bei den Tabellen heißt</translation>
    </message>
    <message>
        <source>With a key, an export can be resumed, and every row is reached at once. None is needed.</source>
        <translation>Mit einem Schlüssel lässt sich ein Export fortsetzen, und jede Zeile ist sofort erreichbar. Nötig ist keiner.</translation>
    </message>
    <message numerus="yes">
        <source>{count} column(s): {names}</source>
        <translation>
            <numerusform>{count} Spalte: {names}</numerusform>
            <numerusform>{count} Spalten: {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>&amp;Keep</source>
        <translation>&amp;Behalten</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>A byte order mark cannot be written in {encoding}.</source>
        <translation>Eine Bytereihenfolge-Marke (BOM) lässt sich in {encoding} nicht schreiben.</translation>
    </message>
    <message>
        <source>A file of fewer than one row or byte cannot be written.</source>
        <translation>Eine Datei mit weniger als einer Zeile oder einem Byte lässt sich nicht schreiben.</translation>
    </message>
    <message>
        <source>A sheet holds {most} columns, and {count} are wanted.</source>
        <translation>Ein Tabellenblatt fasst {most} Spalten, gewünscht sind {count}.</translation>
    </message>
    <message>
        <source>All rows are safe in {part}. Mend the cause, then resume.</source>
        <translation>Alle Zeilen liegen sicher in {part}. Beheben Sie die Ursache und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>All rows are written. Resume the export, so that the others get theirs.</source>
        <translation>Alle Zeilen sind geschrieben. Setzen Sie den Export fort, damit auch die übrigen Dateien ihren Namen bekommen.</translation>
    </message>
    <message>
        <source>An XLSX file cannot be split by bytes: its rows are numbered before it is known how many fit.</source>
        <translation>Eine XLSX-Datei lässt sich nicht nach Bytes aufteilen: Ihre Zeilen sind nummeriert, bevor bekannt ist, wie viele hineinpassen.</translation>
    </message>
    <message>
        <source>An XLSX file cannot hold so much: a sheet ends below 4 GiB, and so does the whole file.</source>
        <translation>Eine XLSX-Datei fasst nicht so viel: Ein Tabellenblatt endet vor 4 GiB, die ganze Datei ebenso.</translation>
    </message>
    <message>
        <source>An XLSX file is compressed already.</source>
        <translation>Eine XLSX-Datei ist bereits komprimiert.</translation>
    </message>
    <message>
        <source>An export of no columns has no rows either.</source>
        <translation>Ein Export ohne Spalten hat auch keine Zeilen.</translation>
    </message>
    <message>
        <source>Another program has taken over export {job}.</source>
        <translation>Ein anderes Programm hat den Export {job} übernommen.</translation>
    </message>
    <message>
        <source>Another running program works on export {job}.</source>
        <translation>Ein anderes laufendes Programm arbeitet am Export {job}.</translation>
    </message>
    <message>
        <source>Another running program writes to the unfinished file {part}.</source>
        <translation>Ein anderes laufendes Programm schreibt in die unfertige Datei {part}.</translation>
    </message>
    <message>
        <source>Column {column} is named twice.</source>
        <translation>Die Spalte {column} ist zweimal genannt.</translation>
    </message>
    <message>
        <source>Databases of the kind {dialect} need the package {package}, which is not installed.</source>
        <translation>Datenbanken der Art {dialect} brauchen das Paket {package}, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Export {job} has ended: {state}.</source>
        <translation>Der Export {job} ist beendet: {state}.</translation>
    </message>
    <message>
        <source>Export {job} was written by another version of this program and cannot go on.</source>
        <translation>Der Export {job} wurde von einer anderen Version dieses Programms geschrieben und lässt sich nicht fortsetzen.</translation>
    </message>
    <message>
        <source>Files are split by rows or by bytes, not by both.</source>
        <translation>Dateien werden nach Zeilen oder nach Bytes aufgeteilt, nicht nach beidem.</translation>
    </message>
    <message>
        <source>It was not touched, and all rows are safe in {part}. Move it away, then resume to finish.</source>
        <translation>Sie wurde nicht angetastet, und alle Zeilen liegen sicher in {part}. Verschieben Sie die fremde Datei und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>It was not touched, and {target} is whole. Move it away, then resume to finish.</source>
        <translation>Sie wurde nicht angetastet, und {target} ist vollständig. Verschieben Sie die fremde Datei und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>It was not touched. Bring it back from a copy, or let the new rows become a file with another name.</source>
        <translation>Sie wurde nicht angetastet. Holen Sie die Datei aus einer Kopie zurück, oder schreiben Sie die neuen Zeilen in eine Datei mit anderem Namen.</translation>
    </message>
    <message>
        <source>It was not touched. Choose another name, or allow it to be replaced.</source>
        <translation>Sie wurde nicht angetastet. Wählen Sie einen anderen Namen, oder erlauben Sie, dass die Datei ersetzt wird.</translation>
    </message>
    <message>
        <source>It was not touched. Choose another name.</source>
        <translation>Nichts wurde angetastet. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>It was not touched. Name a file that ends in .part, as this program left it.</source>
        <translation>Nichts wurde angetastet. Geben Sie eine Datei an, die auf .part endet, wie dieses Programm sie hinterlassen hat.</translation>
    </message>
    <message>
        <source>It was not touched. Put the file back and resume, or begin again.</source>
        <translation>Sie wurde nicht angetastet. Legen Sie die Datei zurück und setzen Sie den Export fort, oder beginnen Sie neu.</translation>
    </message>
    <message>
        <source>It was not touched. Put the file back and resume, or cancel and export again.</source>
        <translation>Sie wurde nicht angetastet. Legen Sie die Datei zurück und setzen Sie den Export fort, oder brechen Sie ihn ab und exportieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>It was not touched. Put the file back and resume, or go on from those rows.</source>
        <translation>Sie wurde nicht angetastet. Legen Sie die Datei zurück und setzen Sie den Export fort, oder machen Sie mit diesen Zeilen weiter.</translation>
    </message>
    <message>
        <source>It was not touched. Put the whole file back and resume, or begin again.</source>
        <translation>Sie wurde nicht angetastet. Legen Sie die vollständige Datei zurück und setzen Sie den Export fort, oder beginnen Sie neu.</translation>
    </message>
    <message>
        <source>It was not touched: this program writes into no database. Open it once with the program that changed it, then try again or resume.</source>
        <translation>Sie wurde nicht angetastet: Dieses Programm schreibt in keine Datenbank. Öffnen Sie sie einmal mit dem Programm, das sie geändert hat; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>It was not touched; what is saved stays saved. Bring it back from a copy, then try again or resume.</source>
        <translation>Sie wurde nicht angetastet; was gesichert ist, bleibt gesichert. Holen Sie sie aus einer Kopie zurück; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>New rows cannot stand behind those of {file}: it was written with other columns or options.</source>
        <translation>An {file} lassen sich keine neuen Zeilen anfügen: Die Datei wurde mit anderen Spalten oder Optionen geschrieben.</translation>
    </message>
    <message>
        <source>New rows cannot stand behind those of {file}: {format} files cannot be added to.</source>
        <translation>An {file} lassen sich keine neuen Zeilen anfügen: Bei {format}-Dateien ist das nicht möglich.</translation>
    </message>
    <message>
        <source>No exported file was touched. Check the folder and its disk, then try again.</source>
        <translation>Keine exportierte Datei wurde angetastet. Prüfen Sie den Ordner und seinen Datenträger, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>No exported file was touched. Check the permissions of the file and its folder, then try again.</source>
        <translation>Keine exportierte Datei wurde angetastet. Prüfen Sie die Rechte an der Datei und ihrem Ordner, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>No exported file was touched. Recover an unfinished export from its own file, which ends in .part.</source>
        <translation>Keine exportierte Datei wurde angetastet. Stellen Sie einen unfertigen Export aus seiner eigenen Datei wieder her, die auf .part endet.</translation>
    </message>
    <message>
        <source>No file can be created in {folder}: {reason}.</source>
        <translation>In {folder} lässt sich keine Datei anlegen: {reason}.</translation>
    </message>
    <message>
        <source>No profile {name} is saved.</source>
        <translation>Es ist kein Profil {name} gespeichert.</translation>
    </message>
    <message>
        <source>No query {name} is saved for {source}.</source>
        <translation>Für {source} ist keine Abfrage {name} gespeichert.</translation>
    </message>
    <message>
        <source>Nothing was changed. Bring it back from a copy; put aside, it leaves the record of the export to compare with.</source>
        <translation>Nichts wurde geändert. Holen Sie es aus einer Kopie zurück; beiseitegelegt, bleibt die Aufzeichnung des Exports zum Vergleichen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Bring it back, or choose another.</source>
        <translation>Nichts wurde geändert. Stellen Sie den Ordner wieder her, oder wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Check that you may read the file.</source>
        <translation>Nichts wurde geändert. Prüfen Sie, ob Sie die Datei lesen dürfen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Check the path.</source>
        <translation>Nichts wurde geändert. Prüfen Sie den Pfad.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose a file to which this program saved a profile.</source>
        <translation>Nichts wurde geändert. Wählen Sie eine Datei, in die dieses Programm ein Profil gespeichert hat.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose a point or a comma.</source>
        <translation>Nichts wurde geändert. Wählen Sie einen Punkt oder ein Komma.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose a text of characters that {encoding} has, without the delimiter, quotation marks and line breaks.</source>
        <translation>Nichts wurde geändert. Wählen Sie einen Text aus Zeichen, die {encoding} hat, ohne das Trennzeichen, Anführungszeichen und Zeilenumbrüche.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose columns whose values together are different in each row, or none: an export is then made in one pass, and begins again when it is stopped.</source>
        <translation>Nichts wurde geändert. Wählen Sie Spalten, deren Werte zusammen in jeder Zeile anders sind, oder keine: Ein Export läuft dann in einem Zug und beginnt von vorn, wenn er angehalten wird.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose fewer columns, or another format.</source>
        <translation>Nichts wurde geändert. Wählen Sie weniger Spalten oder ein anderes Format.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose how many rows or bytes a file may have.</source>
        <translation>Nichts wurde geändert. Wählen Sie, wie viele Zeilen oder Bytes eine Datei haben darf.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose one character that {encoding} has and that is no quotation mark, line break or NUL.</source>
        <translation>Nichts wurde geändert. Wählen Sie ein einzelnes Zeichen, das {encoding} hat und das kein Anführungszeichen, kein Zeilenumbruch und nicht NUL ist.</translation>
    </message>
    <message>
        <source>Nothing was changed. Choose those of then, or let the new rows become a file with another name.</source>
        <translation>Nichts wurde geändert. Wählen Sie dieselben wie damals, oder schreiben Sie die neuen Zeilen in eine Datei mit anderem Namen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Copy the database into a folder of your own, or let its owner switch it to another journal mode, then try again or resume.</source>
        <translation>Nichts wurde geändert. Kopieren Sie die Datenbank in einen eigenen Ordner, oder lassen Sie ihren Besitzer einen anderen Journalmodus einstellen; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct the URL's beginning, or install the package that brings this dialect.</source>
        <translation>Nichts wurde geändert. Berichtigen Sie den Anfang der URL, oder installieren Sie das Paket, das diesen Dialekt mitbringt.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct the query.</source>
        <translation>Nichts wurde geändert. Berichtigen Sie die Abfrage.</translation>
    </message>
    <message>
        <source>Nothing was changed. Correct the value.</source>
        <translation>Nichts wurde geändert. Berichtigen Sie den Wert.</translation>
    </message>
    <message>
        <source>Nothing was changed. Export again when the database is less busy, or without a snapshot.</source>
        <translation>Nichts wurde geändert. Exportieren Sie noch einmal, wenn die Datenbank weniger beschäftigt ist, oder ohne Snapshot.</translation>
    </message>
    <message>
        <source>Nothing was changed. Export all rows, or ask by a condition for those that you want.</source>
        <translation>Nichts wurde geändert. Exportieren Sie alle Zeilen, oder wählen Sie die gewünschten durch eine Bedingung.</translation>
    </message>
    <message>
        <source>Nothing was changed. Export all rows: the next export can go on from there.</source>
        <translation>Nichts wurde geändert. Exportieren Sie alle Zeilen: Der nächste Export kann dort anknüpfen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Export without --consistency snapshot.</source>
        <translation>Nichts wurde geändert. Exportieren Sie ohne --consistency snapshot.</translation>
    </message>
    <message>
        <source>Nothing was changed. Give more characters of the id.</source>
        <translation>Nichts wurde geändert. Geben Sie mehr Zeichen der Kennung an.</translation>
    </message>
    <message>
        <source>Nothing was changed. Give the file the name that its manifest has for it, or put that aside.</source>
        <translation>Nichts wurde geändert. Geben Sie der Datei den Namen, den ihr Manifest nennt, oder legen Sie das Manifest beiseite.</translation>
    </message>
    <message>
        <source>Nothing was changed. Give the new rows another file name.</source>
        <translation>Nichts wurde geändert. Geben Sie den neuen Zeilen einen anderen Dateinamen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Install it: {python} -m pip install {package}</source>
        <translation>Nichts wurde geändert. So wird es installiert: {python} -m pip install {package}</translation>
    </message>
    <message>
        <source>Nothing was changed. It can be exported on the command line, in one pass.</source>
        <translation>Nichts wurde geändert. Auf der Befehlszeile lässt sie sich in einem Zug exportieren.</translation>
    </message>
    <message>
        <source>Nothing was changed. Leave it out, or choose utf-8 or utf-16.</source>
        <translation>Nichts wurde geändert. Lassen Sie sie weg, oder wählen Sie utf-8 oder utf-16.</translation>
    </message>
    <message>
        <source>Nothing was changed. Leave one of the two out.</source>
        <translation>Nichts wurde geändert. Lassen Sie eines von beiden weg.</translation>
    </message>
    <message>
        <source>Nothing was changed. Leave the compression out.</source>
        <translation>Nichts wurde geändert. Lassen Sie die Komprimierung weg.</translation>
    </message>
    <message>
        <source>Nothing was changed. Leave the option out, or choose another format.</source>
        <translation>Nichts wurde geändert. Lassen Sie die Option weg, oder wählen Sie ein anderes Format.</translation>
    </message>
    <message>
        <source>Nothing was changed. Leave this column out of conditions, search and order.</source>
        <translation>Nichts wurde geändert. Lassen Sie diese Spalte aus Bedingungen, Suche und Sortierung weg.</translation>
    </message>
    <message>
        <source>Nothing was changed. Let a file have {at_least} rows or more.</source>
        <translation>Nichts wurde geändert. Lassen Sie eine Datei mindestens {at_least} Zeilen haben.</translation>
    </message>
    <message>
        <source>Nothing was changed. Let the new rows become a file of their own, with another name.</source>
        <translation>Nichts wurde geändert. Schreiben Sie die neuen Zeilen in eine eigene Datei mit anderem Namen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Lists are separated by commas and quoted as in CSV.</source>
        <translation>Nichts wurde geändert. Listen werden durch Kommas getrennt und wie in CSV in Anführungszeichen gesetzt.</translation>
    </message>
    <message>
        <source>Nothing was changed. Look for texts that contain it.</source>
        <translation>Nichts wurde geändert. Suchen Sie nach Texten, die ihn enthalten.</translation>
    </message>
    <message>
        <source>Nothing was changed. Name a column of {table}.</source>
        <translation>Nichts wurde geändert. Nennen Sie eine Spalte von {table}.</translation>
    </message>
    <message>
        <source>Nothing was changed. Name another driver of this database in the URL.</source>
        <translation>Nichts wurde geändert. Nennen Sie in der URL einen anderen Treiber dieser Datenbank.</translation>
    </message>
    <message>
        <source>Nothing was changed. Name each column once.</source>
        <translation>Nichts wurde geändert. Nennen Sie jede Spalte nur einmal.</translation>
    </message>
    <message>
        <source>Nothing was changed. Put the first one back, or export all rows.</source>
        <translation>Nichts wurde geändert. Legen Sie die erste Datenbank zurück, oder exportieren Sie alle Zeilen.</translation>
    </message>
    <message>
        <source>Nothing was changed. Rename one of them.</source>
        <translation>Nichts wurde geändert. Benennen Sie eine davon um.</translation>
    </message>
    <message>
        <source>Nothing was changed. Rename the column for the file, or choose UTF-8.</source>
        <translation>Nichts wurde geändert. Benennen Sie die Spalte für die Datei um, oder wählen Sie UTF-8.</translation>
    </message>
    <message>
        <source>Nothing was changed. Run the program from its source and install the package {package} there.</source>
        <translation>Nichts wurde geändert. Starten Sie das Programm aus seinem Quelltext, und installieren Sie dort das Paket {package}.</translation>
    </message>
    <message>
        <source>Nothing was changed. Search for a shorter text.</source>
        <translation>Nichts wurde geändert. Suchen Sie nach einem kürzeren Text.</translation>
    </message>
    <message>
        <source>Nothing was changed. See {command} --help.</source>
        <translation>Nichts wurde geändert. Siehe {command} --help.</translation>
    </message>
    <message>
        <source>Nothing was changed. Split it by rows.</source>
        <translation>Nichts wurde geändert. Teilen Sie nach Zeilen auf.</translation>
    </message>
    <message>
        <source>Nothing was changed. Start a new export.</source>
        <translation>Nichts wurde geändert. Beginnen Sie einen neuen Export.</translation>
    </message>
    <message>
        <source>Nothing was changed. The columns there: {known}.</source>
        <translation>Nichts wurde geändert. Vorhandene Spalten: {known}.</translation>
    </message>
    <message>
        <source>Nothing was changed. The command jobs lists them all.</source>
        <translation>Nichts wurde geändert. Der Befehl jobs listet alle auf.</translation>
    </message>
    <message>
        <source>Nothing was changed. The comparisons: {known}.</source>
        <translation>Nichts wurde geändert. Mögliche Vergleiche: {known}.</translation>
    </message>
    <message>
        <source>Nothing was changed. The file may be damaged, encrypted or of another kind.</source>
        <translation>Nichts wurde geändert. Die Datei ist vielleicht beschädigt, verschlüsselt oder von anderer Art.</translation>
    </message>
    <message>
        <source>Nothing was changed. The profiles saved: {known}.</source>
        <translation>Nichts wurde geändert. Gespeicherte Profile: {known}.</translation>
    </message>
    <message>
        <source>Nothing was changed. The queries saved for it: {known}.</source>
        <translation>Nichts wurde geändert. Dafür gespeicherte Abfragen: {known}.</translation>
    </message>
    <message>
        <source>Nothing was changed. The tables there: {known}.</source>
        <translation>Nichts wurde geändert. Vorhandene Tabellen: {known}.</translation>
    </message>
    <message>
        <source>Nothing was changed. Use the newer version.</source>
        <translation>Nichts wurde geändert. Verwenden Sie die neuere Version.</translation>
    </message>
    <message>
        <source>Nothing was copied. Select fewer, or export them with Ctrl+E.</source>
        <translation>Nichts wurde kopiert. Wählen Sie weniger Zellen, oder exportieren Sie sie mit Strg+E.</translation>
    </message>
    <message>
        <source>Nothing was deleted by this program. Put it back and resume, say where it is, or begin again.</source>
        <translation>Dieses Programm hat nichts gelöscht. Legen Sie die Datei zurück und setzen Sie den Export fort, zeigen Sie, wo sie ist, oder beginnen Sie neu.</translation>
    </message>
    <message>
        <source>Nothing was lost. Check the permissions of the file and its folder, then try again.</source>
        <translation>Nichts ging verloren. Prüfen Sie die Rechte an der Datei und ihrem Ordner, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>Nothing was touched. Let it finish, or stop it there.</source>
        <translation>Nichts wurde angetastet. Lassen Sie es zu Ende arbeiten, oder halten Sie es dort an.</translation>
    </message>
    <message>
        <source>Nothing was touched. Resume it with that version, or cancel and export again.</source>
        <translation>Nichts wurde angetastet. Setzen Sie den Export mit jener Version fort, oder brechen Sie ihn ab und exportieren Sie noch einmal.</translation>
    </message>
    <message>
        <source>Nothing was touched. Resume or cancel that one, or choose another name.</source>
        <translation>Nichts wurde angetastet. Setzen Sie jenen fort oder brechen Sie ihn ab, oder wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Nothing was written. Choose a folder you may write to.</source>
        <translation>Nichts wurde geschrieben. Wählen Sie einen Ordner, in den Sie schreiben dürfen.</translation>
    </message>
    <message>
        <source>Nothing was written. Choose another name.</source>
        <translation>Nichts wurde geschrieben. Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Paused as you asked.</source>
        <translation>Wie gewünscht angehalten.</translation>
    </message>
    <message>
        <source>Paused because the program was closed.</source>
        <translation>Angehalten, weil das Programm beendet wurde.</translation>
    </message>
    <message>
        <source>Rows cannot be added to the numbered files of {file}.</source>
        <translation>An die nummerierten Dateien von {file} lassen sich keine Zeilen anfügen.</translation>
    </message>
    <message>
        <source>SQLAlchemy knows no databases of the kind {dialect}.</source>
        <translation>SQLAlchemy kennt keine Datenbanken der Art {dialect}.</translation>
    </message>
    <message>
        <source>Somebody created or changed {manifest} while the export ran.</source>
        <translation>Jemand hat {manifest} angelegt oder geändert, während der Export lief.</translation>
    </message>
    <message>
        <source>Somebody created or changed {target} while the export ran.</source>
        <translation>Jemand hat {target} angelegt oder geändert, während der Export lief.</translation>
    </message>
    <message>
        <source>Something went wrong that should not: {reason}.</source>
        <translation>Etwas ist schiefgegangen, das nicht hätte geschehen dürfen: {reason}.</translation>
    </message>
    <message>
        <source>Table {table} holds a value of {length} characters, and a cell of a sheet holds {most}: column {column}, row {key}.</source>
        <translation>Die Tabelle {table} enthält einen Wert mit {length} Zeichen, eine Zelle eines Tabellenblatts fasst {most}: Spalte {column}, Zeile {key}.</translation>
    </message>
    <message>
        <source>Table {table} holds text that is not valid UTF-8: column {column}, row {key}.</source>
        <translation>Die Tabelle {table} enthält Text, der kein gültiges UTF-8 ist: Spalte {column}, Zeile {key}.</translation>
    </message>
    <message>
        <source>Table {table} holds {letter}, which {encoding} does not have: column {column}, row {key}.</source>
        <translation>Die Tabelle {table} enthält {letter}, das es in {encoding} nicht gibt: Spalte {column}, Zeile {key}.</translation>
    </message>
    <message>
        <source>Table {table} is not built as it was when the export began.</source>
        <translation>Die Tabelle {table} ist nicht mehr so aufgebaut wie zu Beginn des Exports.</translation>
    </message>
    <message>
        <source>Texts that start or end with {text} cannot be looked for in this database: [ may be special to it.</source>
        <translation>Texte, die mit {text} beginnen oder enden, lassen sich in dieser Datenbank nicht suchen: [ kann für sie ein besonderes Zeichen sein.</translation>
    </message>
    <message>
        <source>The cells selected hold more than {megabytes} MB.</source>
        <translation>Die ausgewählten Zellen enthalten mehr als {megabytes} MB.</translation>
    </message>
    <message>
        <source>The column name {name} has letters that {encoding} does not have.</source>
        <translation>Der Spaltenname {name} enthält Buchstaben, die es in {encoding} nicht gibt.</translation>
    </message>
    <message>
        <source>The connection to {source} was lost: {reason}.</source>
        <translation>Die Verbindung zu {source} ist abgerissen: {reason}.</translation>
    </message>
    <message>
        <source>The database stopped answering: {reason}.</source>
        <translation>Die Datenbank antwortet nicht mehr: {reason}.</translation>
    </message>
    <message>
        <source>The disk of {folder} is nearly full: {free} bytes are free, and {reserved} are left for the system.</source>
        <translation>Der Datenträger von {folder} ist fast voll: {free} Bytes sind frei, und {reserved} bleiben dem System vorbehalten.</translation>
    </message>
    <message>
        <source>The driver of {dialect} is an asynchronous one, which the program does not use.</source>
        <translation>Der Treiber von {dialect} arbeitet asynchron; solche verwendet das Programm nicht.</translation>
    </message>
    <message>
        <source>The export paused before it came to harm; what is saved stays saved. Make room, then resume.</source>
        <translation>Der Export wurde angehalten, bevor er Schaden nahm; was gesichert ist, bleibt gesichert. Schaffen Sie Platz und setzen Sie ihn fort.</translation>
    </message>
    <message>
        <source>The finished file cannot be given its name {target}: {reason}.</source>
        <translation>Die fertige Datei kann ihren Namen {target} nicht bekommen: {reason}.</translation>
    </message>
    <message>
        <source>The name of {target} tells another format than the export has, which is {format}.</source>
        <translation>Der Name von {target} steht für ein anderes Format als das des Exports ({format}).</translation>
    </message>
    <message>
        <source>The profile in {file} was saved by a newer version of this program.</source>
        <translation>Das Profil in {file} wurde von einer neueren Version dieses Programms gespeichert.</translation>
    </message>
    <message>
        <source>The program ended in the middle of this export.</source>
        <translation>Das Programm endete mitten in diesem Export.</translation>
    </message>
    <message>
        <source>The query {name} cannot be used: {problem}</source>
        <translation>Die Abfrage {name} ist nicht verwendbar: {problem}</translation>
    </message>
    <message>
        <source>The record of exports was damaged. It was put aside as {file}, and a new one begun.</source>
        <translation>Die Aufzeichnung der Exporte war beschädigt. Sie wurde als {file} beiseitegelegt und eine neue begonnen.</translation>
    </message>
    <message>
        <source>The record of exports {file} cannot be used: {reason}.</source>
        <translation>Die Aufzeichnung der Exporte {file} ist nicht verwendbar: {reason}.</translation>
    </message>
    <message>
        <source>The record of exports {file} cannot be written: {reason}.</source>
        <translation>Die Aufzeichnung der Exporte {file} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>The record of exports {file} is damaged: {reason}.</source>
        <translation>Die Aufzeichnung der Exporte {file} ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>The record of exports {file} is locked by another program.</source>
        <translation>Die Aufzeichnung der Exporte {file} ist durch ein anderes Programm gesperrt.</translation>
    </message>
    <message>
        <source>The record of exports {file} was written by a newer version of this program.</source>
        <translation>Die Aufzeichnung der Exporte {file} wurde von einer neueren Version dieses Programms geschrieben.</translation>
    </message>
    <message>
        <source>The rows need more than {most} files: {rows} are in as many.</source>
        <translation>Die Zeilen brauchen mehr als {most} Dateien: So viele enthalten erst {rows}.</translation>
    </message>
    <message>
        <source>The rows of {source} cannot be read from one snapshot: {reason}.</source>
        <translation>Die Zeilen von {source} lassen sich nicht aus einem einzigen Snapshot lesen: {reason}.</translation>
    </message>
    <message>
        <source>The rows of {table} have another key than at the last export, or were numbered anew (VACUUM).</source>
        <translation>Die Zeilen von {table} haben einen anderen Schlüssel als beim letzten Export oder wurden neu nummeriert (VACUUM).</translation>
    </message>
    <message>
        <source>The rows of {table} were numbered anew (VACUUM), and it has no other key.</source>
        <translation>Die Zeilen von {table} wurden neu nummeriert (VACUUM), und einen anderen Schlüssel hat die Tabelle nicht.</translation>
    </message>
    <message>
        <source>The saved part was not touched. Begin again with the table as it is now, or cancel.</source>
        <translation>Der gesicherte Teil wurde nicht angetastet. Beginnen Sie mit der jetzigen Tabelle neu, oder brechen Sie ab.</translation>
    </message>
    <message>
        <source>The saved part was not touched. Begin again, or cancel.</source>
        <translation>Der gesicherte Teil wurde nicht angetastet. Beginnen Sie neu, oder brechen Sie ab.</translation>
    </message>
    <message>
        <source>The saved part was not touched. Begin again, or let the rest be read as it is now.</source>
        <translation>Der gesicherte Teil wurde nicht angetastet. Beginnen Sie neu, oder lassen Sie den Rest so lesen, wie er jetzt ist.</translation>
    </message>
    <message>
        <source>The saved part was not touched. Put the first one back and resume, begin again, or read the rest from the new one.</source>
        <translation>Der gesicherte Teil wurde nicht angetastet. Legen Sie die erste Datenbank zurück und setzen Sie den Export fort, beginnen Sie neu, oder lassen Sie den Rest aus der neuen lesen.</translation>
    </message>
    <message>
        <source>The search text is longer than {limit} characters.</source>
        <translation>Der Suchtext ist länger als {limit} Zeichen.</translation>
    </message>
    <message>
        <source>The snapshot of {source} that this export was reading ended with its process.</source>
        <translation>Der Snapshot von {source}, den dieser Export las, ist mit seinem Prozess beendet.</translation>
    </message>
    <message>
        <source>The unfinished export {job} is to become {target} already.</source>
        <translation>Der unfertige Export {job} soll bereits {target} werden.</translation>
    </message>
    <message>
        <source>The unfinished file {part} has {size} bytes; {expected} were saved.</source>
        <translation>Die unfertige Datei {part} hat {size} Bytes; gesichert waren {expected}.</translation>
    </message>
    <message>
        <source>The unfinished file {part} is gone.</source>
        <translation>Die unfertige Datei {part} ist verschwunden.</translation>
    </message>
    <message>
        <source>The unfinished file {part} is no longer an ordinary file of ours.</source>
        <translation>Die unfertige Datei {part} ist keine gewöhnliche Datei dieses Programms mehr.</translation>
    </message>
    <message>
        <source>The unfinished file {part} is no longer what was saved, but its first {rows} rows are, of {saved}.</source>
        <translation>Die unfertige Datei {part} ist nicht mehr, was gesichert wurde; unversehrt sind ihre ersten {rows} von {saved} Zeilen.</translation>
    </message>
    <message>
        <source>The unfinished file {part} is not what was saved.</source>
        <translation>Die unfertige Datei {part} ist nicht, was gesichert wurde.</translation>
    </message>
    <message>
        <source>The {title} could not be read, or a newer version of this program wrote them.</source>
        <translation>Eine Datei des Programms ({title}) ließ sich nicht lesen oder stammt von einer neueren Version dieses Programms.</translation>
    </message>
    <message>
        <source>The {title} in {file} cannot be used: {reason}.</source>
        <translation>Eine Datei des Programms ({title}) ist nicht verwendbar: {file}: {reason}.</translation>
    </message>
    <message>
        <source>There is no column {column} in table {table}.</source>
        <translation>Die Tabelle {table} hat keine Spalte {column}.</translation>
    </message>
    <message>
        <source>There is no comparison {operator}.</source>
        <translation>Einen Vergleich {operator} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no export {job}.</source>
        <translation>Einen Export {job} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no file {source}.</source>
        <translation>Die Datei {source} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no folder {folder}.</source>
        <translation>Den Ordner {folder} gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no room left for the record of exports {file}.</source>
        <translation>Für die Aufzeichnung der Exporte {file} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>There is no room left for {file}.</source>
        <translation>Für {file} ist kein Platz mehr.</translation>
    </message>
    <message>
        <source>There is no such database at {source}: {reason}.</source>
        <translation>Eine solche Datenbank gibt es bei {source} nicht: {reason}.</translation>
    </message>
    <message>
        <source>There is no table {table} in {source}.</source>
        <translation>In {source} gibt es keine Tabelle {table}.</translation>
    </message>
    <message>
        <source>They were put aside as {file}, and a new list begun. Nothing was deleted.</source>
        <translation>Sie wurde als {file} beiseitegelegt und eine neue Liste begonnen. Nichts wurde gelöscht.</translation>
    </message>
    <message>
        <source>This build of the program has no driver for databases of the kind {dialect} ({package}).</source>
        <translation>Diese Programmfassung hat keinen Treiber für Datenbanken der Art {dialect} ({package}).</translation>
    </message>
    <message>
        <source>This export was found again by its unfinished file.</source>
        <translation>Dieser Export wurde anhand seiner unfertigen Datei wiedergefunden.</translation>
    </message>
    <message>
        <source>This one stopped without writing. Look at it there.</source>
        <translation>Dieses hat aufgehört, ohne zu schreiben. Sehen Sie dort nach.</translation>
    </message>
    <message>
        <source>Two columns of the file would be called {name}.</source>
        <translation>Zwei Spalten der Datei würden {name} heißen.</translation>
    </message>
    <message>
        <source>What is saved stays saved, and helps no further. Export again, with larger files.</source>
        <translation>Was gesichert ist, bleibt gesichert, hilft aber nicht weiter. Exportieren Sie noch einmal, mit größeren Dateien.</translation>
    </message>
    <message>
        <source>What is saved stays saved, and helps no further. Export fewer columns or rows, or another format.</source>
        <translation>Was gesichert ist, bleibt gesichert, hilft aber nicht weiter. Exportieren Sie weniger Spalten oder Zeilen oder ein anderes Format.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Ask for the right to SELECT, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Bitten Sie um das Recht auf SELECT; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Check its name, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Prüfen Sie den Namen; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Check that the server runs and its address, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Prüfen Sie, ob der Server läuft und die Adresse stimmt; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Check the TLS setting and the certificate, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Prüfen Sie die TLS-Einstellung und das Zertifikat; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Check the path, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Prüfen Sie den Pfad; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Check user and password, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Prüfen Sie Benutzer und Passwort; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Choose a name that ends as the one before did.</source>
        <translation>Was gesichert ist, bleibt gesichert. Wählen Sie einen Namen mit derselben Endung wie zuvor.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Correct the row and resume, or export anew and have such text replaced.</source>
        <translation>Was gesichert ist, bleibt gesichert. Berichtigen Sie die Zeile und setzen Sie den Export fort, oder exportieren Sie neu und lassen Sie solchen Text ersetzen.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Correct the row in the database, then resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Berichtigen Sie die Zeile in der Datenbank und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Enter it, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Geben Sie es ein; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Export anew in UTF-8, or have such letters replaced.</source>
        <translation>Was gesichert ist, bleibt gesichert. Exportieren Sie neu in UTF-8, oder lassen Sie solche Buchstaben ersetzen.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Export anew without this column or row, or in another format.</source>
        <translation>Was gesichert ist, bleibt gesichert. Exportieren Sie neu ohne diese Spalte oder Zeile oder in einem anderen Format.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Let the other program finish, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Lassen Sie das andere Programm zu Ende arbeiten; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Let the other program finish, then try again.</source>
        <translation>Was gesichert ist, bleibt gesichert. Lassen Sie das andere Programm zu Ende arbeiten, und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Make room on that disk, then resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Schaffen Sie Platz auf diesem Datenträger und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Make room, then resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Schaffen Sie Platz und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Mend the cause, then resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Beheben Sie die Ursache und setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Mend the table or view in the database, then try again or resume.</source>
        <translation>Was gesichert ist, bleibt gesichert. Berichtigen Sie die Tabelle oder Sicht in der Datenbank; versuchen Sie es dann erneut oder setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Resume it.</source>
        <translation>Was gesichert ist, bleibt gesichert. Setzen Sie den Export fort.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Resume when you like.</source>
        <translation>Was gesichert ist, bleibt gesichert. Setzen Sie den Export fort, wann Sie möchten.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Start the program again: it puts the damaged file aside.</source>
        <translation>Was gesichert ist, bleibt gesichert. Starten Sie das Programm noch einmal: Es legt die beschädigte Datei beiseite.</translation>
    </message>
    <message>
        <source>What is saved stays saved. The log {log} says more.</source>
        <translation>Was gesichert ist, bleibt gesichert. Mehr steht im Protokoll {log}.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Try again or resume when it is back.</source>
        <translation>Was gesichert ist, bleibt gesichert. Versuchen Sie es erneut oder setzen Sie den Export fort, wenn sie wieder da ist.</translation>
    </message>
    <message>
        <source>What is saved stays saved. Try again or resume when the server is back.</source>
        <translation>Was gesichert ist, bleibt gesichert. Versuchen Sie es erneut oder setzen Sie den Export fort, wenn der Server wieder da ist.</translation>
    </message>
    <message>
        <source>Whether {source} can show one state of its tables for a whole run is not known.</source>
        <translation>Ob {source} für einen ganzen Lauf denselben Stand der Tabellen zeigen kann, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>Which rows of {table} are new cannot be told by its key ({key}): only one whole number or date, or a time in the first place, says what was added later.</source>
        <translation>Welche Zeilen von {table} neu sind, verrät der Schlüssel ({key}) nicht: Nur eine einzelne ganze Zahl oder ein Datum oder eine Zeit an erster Stelle sagt, was später hinzukam.</translation>
    </message>
    <message>
        <source>{delimiter} cannot stand between cells.</source>
        <translation>{delimiter} kann nicht zwischen Zellen stehen.</translation>
    </message>
    <message>
        <source>{file} cannot be read: {reason}.</source>
        <translation>{file} lässt sich nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{file} cannot be written: {reason}.</source>
        <translation>{file} lässt sich nicht schreiben: {reason}.</translation>
    </message>
    <message>
        <source>{file} is no longer what was exported, so that no new rows can stand behind its own.</source>
        <translation>Die Datei {file} ist nicht mehr, was exportiert wurde; deshalb lassen sich keine neuen Zeilen anfügen.</translation>
    </message>
    <message>
        <source>{file} is no profile of an export, or was damaged.</source>
        <translation>{file} ist kein Profil eines Exports oder wurde beschädigt.</translation>
    </message>
    <message>
        <source>{job} stands for {count} exports.</source>
        <translation>{job} steht für {count} Exporte.</translation>
    </message>
    <message>
        <source>{key} cannot be the key of the query {name}: {problem}</source>
        <translation>{key} kann nicht der Schlüssel der Abfrage {name} sein: {problem}</translation>
    </message>
    <message>
        <source>{manifest} is not a manifest that can be understood: {reason}.</source>
        <translation>{manifest} ist kein verständliches Manifest: {reason}.</translation>
    </message>
    <message>
        <source>{manifest} is the manifest of another file, and says nothing of {file}.</source>
        <translation>{manifest} ist das Manifest einer anderen Datei und sagt nichts über {file}.</translation>
    </message>
    <message>
        <source>{manifest} was written by a newer version of this program.</source>
        <translation>{manifest} wurde von einer neueren Version dieses Programms geschrieben.</translation>
    </message>
    <message>
        <source>{mark} cannot stand before decimals.</source>
        <translation>{mark} kann nicht vor Nachkommastellen stehen.</translation>
    </message>
    <message>
        <source>{named} of the {count} numbered files have their names already, {file} among them.</source>
        <translation>{named} der {count} nummerierten Dateien haben schon ihren Namen, darunter {file}.</translation>
    </message>
    <message>
        <source>{operator} on column {column} takes {expected}, not {given}.</source>
        <translation>{operator} auf der Spalte {column} braucht {expected}, nicht {given}.</translation>
    </message>
    <message>
        <source>{option} is for {formats}, and the file is to be {format}.</source>
        <translation>{option} ist für {formats}, die Datei soll aber {format} werden.</translation>
    </message>
    <message>
        <source>{part} is not an unfinished file with its record (.part.job) beside it.</source>
        <translation>{part} ist keine unfertige Datei mit ihrer Aufzeichnung (.part.job) daneben.</translation>
    </message>
    <message>
        <source>{problem}</source>
        <translation>{problem}</translation>
    </message>
    <message>
        <source>{rows} rows would need more than {most} files.</source>
        <translation>{rows} Zeilen bräuchten mehr als {most} Dateien.</translation>
    </message>
    <message>
        <source>{source} asks for a password.</source>
        <translation>{source} verlangt ein Passwort.</translation>
    </message>
    <message>
        <source>{source} cannot answer: {reason}.</source>
        <translation>{source} kann nicht antworten: {reason}.</translation>
    </message>
    <message>
        <source>{source} cannot be opened: {reason}.</source>
        <translation>{source} lässt sich nicht öffnen: {reason}.</translation>
    </message>
    <message>
        <source>{source} cannot be reached with the encryption that is asked for: {reason}.</source>
        <translation>{source} ist mit der verlangten Verschlüsselung nicht erreichbar: {reason}.</translation>
    </message>
    <message>
        <source>{source} does not answer: {reason}.</source>
        <translation>{source} antwortet nicht: {reason}.</translation>
    </message>
    <message>
        <source>{source} does not let you read this: {reason}.</source>
        <translation>{source} lässt Sie das nicht lesen: {reason}.</translation>
    </message>
    <message>
        <source>{source} holds text that is not valid UTF-8: {reason}.</source>
        <translation>{source} enthält Text, der kein gültiges UTF-8 ist: {reason}.</translation>
    </message>
    <message>
        <source>{source} is damaged: {reason}.</source>
        <translation>{source} ist beschädigt: {reason}.</translation>
    </message>
    <message>
        <source>{source} is in WAL mode, and this program may not make the files that SQLite needs beside it.</source>
        <translation>{source} ist im WAL-Modus, und dieses Programm darf die Dateien nicht anlegen, die SQLite daneben braucht.</translation>
    </message>
    <message>
        <source>{source} is locked by another program.</source>
        <translation>{source} ist durch ein anderes Programm gesperrt.</translation>
    </message>
    <message>
        <source>{source} is no longer the database of the last export: another has its name, with none of the rows that were looked at then.</source>
        <translation>{source} ist nicht mehr die Datenbank des letzten Exports: Eine andere trägt ihren Namen, ohne eine der Zeilen, die damals angesehen wurden.</translation>
    </message>
    <message>
        <source>{source} is no longer the database that this export began with: another has its name.</source>
        <translation>{source} ist nicht mehr die Datenbank, mit der dieser Export begann: Eine andere trägt ihren Namen.</translation>
    </message>
    <message>
        <source>{source} is not a SQLite database.</source>
        <translation>{source} ist keine SQLite-Datenbank.</translation>
    </message>
    <message>
        <source>{source} refused the login: {reason}.</source>
        <translation>{source} hat die Anmeldung abgelehnt: {reason}.</translation>
    </message>
    <message>
        <source>{source} was left in the middle of a change, and to read it, that would have to be ended first.</source>
        <translation>{source} wurde mitten in einer Änderung zurückgelassen; um sie zu lesen, müsste diese erst beendet werden.</translation>
    </message>
    <message>
        <source>{table} has no key, so that it cannot be shown page by page.</source>
        <translation>{table} hat keinen Schlüssel und lässt sich deshalb nicht seitenweise zeigen.</translation>
    </message>
    <message>
        <source>{target} cannot be used as a file name: {reason}.</source>
        <translation>{target} ist als Dateiname nicht verwendbar: {reason}.</translation>
    </message>
    <message>
        <source>{target} exists already.</source>
        <translation>{target} gibt es schon.</translation>
    </message>
    <message>
        <source>{target} is a database in use, or a file that belongs to one.</source>
        <translation>{target} ist eine benutzte Datenbank oder eine Datei, die zu einer gehört.</translation>
    </message>
    <message>
        <source>{target} is not an ordinary file.</source>
        <translation>{target} ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>{text} cannot stand for NULL.</source>
        <translation>{text} kann nicht für NULL stehen.</translation>
    </message>
    <message>
        <source>{value} is not a value for column {column} ({declared_type}). The database says: {reason}.</source>
        <translation>{value} ist kein Wert für die Spalte {column} ({declared_type}). Die Datenbank sagt: {reason}.</translation>
    </message>
    <message>
        <source>{value} is not a value for column {column} ({declared_type}): {expected} is needed.</source>
        <translation>{value} ist kein Wert für die Spalte {column} ({declared_type}): Nötig ist {expected}.</translation>
    </message>
    <message>
        <source>{what} is not possible for column {column} ({declared_type}) of {table}: its database follows rules that are not known.</source>
        <translation>{what} ist für die Spalte {column} ({declared_type}) von {table} nicht möglich: Die Regeln dieser Datenbank sind nicht bekannt.</translation>
    </message>
    <message>
        <source>“{operator}”</source>
        <translation>„{operator}“</translation>
    </message>
</context>
<context>
    <name>RecentMenu</name>
    <message>
        <source>&amp;Clear the list</source>
        <translation>Liste &amp;leeren</translation>
    </message>
    <message>
        <source>Open rece&amp;nt</source>
        <translation>Zu&amp;letzt geöffnet</translation>
    </message>
</context>
<context>
    <name>RemedyDialogs</name>
    <message>
        <source>&amp;Begin again</source>
        <translation>&amp;Neu beginnen</translation>
    </message>
    <message>
        <source>Begin the export again in {folder}?</source>
        <translation>Den Export in {folder} neu beginnen?</translation>
    </message>
    <message>
        <source>Begin the export to {file} again?</source>
        <translation>Den Export nach {file} neu beginnen?</translation>
    </message>
    <message>
        <source>Begin this export again?</source>
        <translation>Diesen Export neu beginnen?</translation>
    </message>
    <message>
        <source>Save the export elsewhere</source>
        <translation>Den Export woanders speichern</translation>
    </message>
    <message>
        <source>The {rows} saved so far are thrown away.</source>
        <translation>Was bisher gesichert ist, wird verworfen: {rows}.</translation>
    </message>
    <message>
        <source>Where is the unfinished file of {file}?</source>
        <translation>Wo ist die unfertige Datei von {file}?</translation>
    </message>
    <message>
        <source>{reason} The rows saved so far cannot be read.</source>
        <translation>{reason} Die bisher gesicherten Zeilen lassen sich nicht lesen.</translation>
    </message>
</context>
<context>
    <name>Removing</name>
    <message>
        <source>&amp;Remove</source>
        <translation>&amp;Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>(Its file stays|Their files stay). The list no longer knows what is in (it|them).</source>
        <translation>
            <numerusform>Seine Datei bleibt. Die Liste weiß dann nicht mehr, was darin steht.</numerusform>
            <numerusform>Ihre Dateien bleiben. Die Liste weiß dann nicht mehr, was darin steht.</numerusform>
        </translation>
    </message>
    <message>
        <source>A profile still knows where its next export of only new rows begins.</source>
        <translation>Ein Profil weiß weiterhin, wo sein nächster Export von nur neuen Zeilen beginnt.</translation>
    </message>
    <message>
        <source>Remove ended exports</source>
        <translation>Beendete Exporte entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove {count} ended export(s) from the list?</source>
        <translation>
            <numerusform>{count} beendeten Export aus der Liste entfernen?</numerusform>
            <numerusform>{count} beendete Exporte aus der Liste entfernen?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RowDetails</name>
    <message>
        <source>It is tried again by itself.</source>
        <translation>Es wird von selbst weiter versucht.</translation>
    </message>
    <message>
        <source>No row is chosen.</source>
        <translation>Keine Zeile ist gewählt.</translation>
    </message>
    <message>
        <source>This row could not be read.</source>
        <translation>Diese Zeile ließ sich nicht lesen.</translation>
    </message>
    <message>
        <source>This row is gone.</source>
        <translation>Diese Zeile ist verschwunden.</translation>
    </message>
</context>
<context>
    <name>RowTableView</name>
    <message>
        <source>&amp;Columns…</source>
        <translation>&amp;Spalten…</translation>
    </message>
    <message>
        <source>&amp;Hide {column}</source>
        <translation>{column} &amp;ausblenden</translation>
    </message>
    <message>
        <source>&amp;Leave out this {column}</source>
        <translation>Diesen Wert von {column} aus&amp;lassen</translation>
    </message>
    <message>
        <source>&amp;Only rows with this {column}</source>
        <translation>Nur &amp;Zeilen mit diesem Wert von {column}</translation>
    </message>
    <message>
        <source>&amp;Show all columns</source>
        <translation>Alle Spalten an&amp;zeigen</translation>
    </message>
    <message>
        <source>Letters begin a search. The menu key offers to filter, sort and copy.</source>
        <translation>Buchstaben beginnen eine Suche. Die Menütaste bietet Filtern, Sortieren und Kopieren an.</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>So&amp;rt by {column}</source>
        <translation>Nach {column} so&amp;rtieren</translation>
    </message>
    <message>
        <source>Sort &amp;also by {column}</source>
        <translation>A&amp;uch nach {column} sortieren</translation>
    </message>
    <message>
        <source>{column} at a &amp;glance</source>
        <translation>{column} im Ü&amp;berblick</translation>
    </message>
</context>
<context>
    <name>RowWork</name>
    <message>
        <source>One of these rows is gone: refresh, and select them anew.</source>
        <translation>Eine dieser Zeilen ist verschwunden: Aktualisieren Sie, und wählen Sie sie neu aus.</translation>
    </message>
</context>
<context>
    <name>ServerForm</name>
    <message>
        <source> s</source>
        <translation> s</translation>
    </message>
    <message>
        <source>&amp;Encryption</source>
        <translation>Verschlüsselun&amp;g</translation>
    </message>
    <message>
        <source>&amp;Give up waiting after</source>
        <translation>Warten au&amp;fgeben nach</translation>
    </message>
    <message>
        <source>&amp;Host</source>
        <translation>&amp;Host</translation>
    </message>
    <message>
        <source>&amp;Kind</source>
        <translation>A&amp;rt</translation>
    </message>
    <message>
        <source>&amp;Port</source>
        <translation>&amp;Port</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>&amp;Benutzer</translation>
    </message>
    <message>
        <source>Address as a URL</source>
        <translation>Adresse als URL</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Another database, by its URL</source>
        <translation>Eine andere Datenbank, über ihre URL</translation>
    </message>
    <message>
        <source>Automatic: TLS where the server offers it</source>
        <translation>Automatisch: TLS, wo der Server es anbietet</translation>
    </message>
    <message>
        <source>CA &amp;file</source>
        <translation>CA-Date&amp;i</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer)</source>
        <translation>Zertifikate (*.pem *.crt *.cer)</translation>
    </message>
    <message>
        <source>Ch&amp;oose…</source>
        <translation>&amp;Auswählen…</translation>
    </message>
    <message>
        <source>Choose the file of certificates</source>
        <translation>Die Datei mit Zertifikaten wählen</translation>
    </message>
    <message>
        <source>Connect with&amp;in</source>
        <translation>&amp;Zeitlimit</translation>
    </message>
    <message>
        <source>Data&amp;base</source>
        <translation>&amp;Datenbank</translation>
    </message>
    <message>
        <source>Database</source>
        <translation>Datenbank</translation>
    </message>
    <message>
        <source>Encryption</source>
        <translation>Verschlüsselung</translation>
    </message>
    <message>
        <source>File of certificates</source>
        <translation>Datei mit Zertifikaten</translation>
    </message>
    <message>
        <source>Host</source>
        <translation>Host</translation>
    </message>
    <message>
        <source>How long a lost server is tried again before an export pauses</source>
        <translation>Wie lange ein nicht erreichbarer Server gesucht wird, bevor ein Export anhält</translation>
    </message>
    <message>
        <source>Kind of server</source>
        <translation>Art des Servers</translation>
    </message>
    <message>
        <source>Longest time to connect</source>
        <translation>Längste Zeit für das Verbinden</translation>
    </message>
    <message>
        <source>Longest wait for a lost server</source>
        <translation>Längstes Warten auf einen nicht erreichbaren Server</translation>
    </message>
    <message>
        <source>MySQL or MariaDB</source>
        <translation>MySQL oder MariaDB</translation>
    </message>
    <message>
        <source>No URL of a database, such as {url}.</source>
        <translation>Keine URL einer Datenbank, wie etwa {url}.</translation>
    </message>
    <message>
        <source>No address of a database server, such as postgresql://user@host:5432/database.</source>
        <translation>Keine Adresse eines Datenbankservers, wie etwa postgresql://user@host:5432/database.</translation>
    </message>
    <message>
        <source>P&amp;assword</source>
        <translation>Pass&amp;wort</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>Passwort</translation>
    </message>
    <message>
        <source>Port</source>
        <translation>Port</translation>
    </message>
    <message>
        <source>Required: never without TLS</source>
        <translation>Erforderlich: nie ohne TLS</translation>
    </message>
    <message>
        <source>UR&amp;L</source>
        <translation>&amp;URL</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Verified: TLS, and the server proves who it is</source>
        <translation>Geprüft: TLS, und der Server beweist, wer er ist</translation>
    </message>
    <message>
        <source>the system's certificates</source>
        <translation>die Zertifikate des Systems</translation>
    </message>
    <message>
        <source>{database} on {host}</source>
        <translation>{database} auf {host}</translation>
    </message>
</context>
<context>
    <name>ShortcutsDialog</name>
    <message>
        <source>&amp;Close</source>
        <translation>S&amp;chließen</translation>
    </message>
    <message>
        <source>Alt and the letter</source>
        <translation>Alt und der Buchstabe</translation>
    </message>
    <message>
        <source>Begin a search</source>
        <translation>Eine Suche beginnen</translation>
    </message>
    <message>
        <source>Choose all cells</source>
        <translation>Alle Zellen auswählen</translation>
    </message>
    <message>
        <source>Choose several cells</source>
        <translation>Mehrere Zellen auswählen</translation>
    </message>
    <message>
        <source>Clear the field; leave it when it is empty</source>
        <translation>Das Feld leeren; ein leeres verlassen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close a dialog</source>
        <translation>Einen Dialog schließen</translation>
    </message>
    <message>
        <source>Details of an export</source>
        <translation>Details eines Exports</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>Überall</translation>
    </message>
    <message>
        <source>Exports</source>
        <translation>Exporte</translation>
    </message>
    <message>
        <source>Find a key</source>
        <translation>Taste suchen</translation>
    </message>
    <message>
        <source>Find by what it does, or by the key</source>
        <translation>Nach Wirkung oder Taste suchen</translation>
    </message>
    <message>
        <source>First column, last column</source>
        <translation>Erste Spalte, letzte Spalte</translation>
    </message>
    <message>
        <source>First row, last row</source>
        <translation>Erste Zeile, letzte Zeile</translation>
    </message>
    <message>
        <source>Go to what is searched</source>
        <translation>Zum Durchsuchten gehen</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Menu of a cell: filter, sort, copy</source>
        <translation>Menü einer Zelle: filtern, sortieren, kopieren</translation>
    </message>
    <message>
        <source>Menu of an export</source>
        <translation>Menü eines Exports</translation>
    </message>
    <message>
        <source>Move a column in a list of them</source>
        <translation>Eine Spalte in einer Liste verschieben</translation>
    </message>
    <message>
        <source>Next control, the one before</source>
        <translation>Nächstes Bedienelement, voriges</translation>
    </message>
    <message>
        <source>No key matches. Esc in the field shows all again.</source>
        <translation>Keine Taste passt. Esc im Feld zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Open the menus</source>
        <translation>Die Menüs öffnen</translation>
    </message>
    <message>
        <source>Press what has an underlined letter</source>
        <translation>Drücken, was einen unterstrichenen Buchstaben hat</translation>
    </message>
    <message>
        <source>Rename a column of an export</source>
        <translation>Eine Spalte des Exports umbenennen</translation>
    </message>
    <message>
        <source>Rows of the table</source>
        <translation>Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>Search at once</source>
        <translation>Sofort suchen</translation>
    </message>
    <message>
        <source>Search fields</source>
        <translation>Suchfelder</translation>
    </message>
    <message>
        <source>Shift and an arrow key</source>
        <translation>Umschalt und eine Pfeiltaste</translation>
    </message>
    <message>
        <source>What it does</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>any letter</source>
        <translation>ein Buchstabe</translation>
    </message>
</context>
<context>
    <name>SincePart</name>
    <message>
        <source>A&amp;ll rows</source>
        <translation>A&amp;lle Zeilen</translation>
    </message>
    <message>
        <source>Export all rows</source>
        <translation>Alle Zeilen exportieren</translation>
    </message>
    <message>
        <source>Only ro&amp;ws added since {time} (file {file})</source>
        <translation>Nur &amp;Zeilen, die seit {time} hinzukamen (Datei {file})</translation>
    </message>
    <message>
        <source>Only rows added since the last export</source>
        <translation>Nur Zeilen, die seit dem letzten Export hinzukamen</translation>
    </message>
    <message>
        <source>They are put behind the rows of {file}: a new version takes its place once it is whole.</source>
        <translation>Sie kommen hinter die Zeilen von {file}: Eine neue Fassung tritt an ihre Stelle, sobald sie vollständig ist.</translation>
    </message>
</context>
<context>
    <name>SpaceLine</name>
    <message>
        <source>Space</source>
        <translation>Platz</translation>
    </message>
    <message>
        <source>Space:</source>
        <translation>Platz:</translation>
    </message>
    <message>
        <source>about {needed} needed, {free} free on that disk</source>
        <translation>etwa {needed} nötig, {free} frei auf diesem Datenträger</translation>
    </message>
    <message>
        <source>{text}. The export would pause when the disk is nearly full.</source>
        <translation>{text}. Der Export würde anhalten, wenn der Datenträger fast voll ist.</translation>
    </message>
</context>
<context>
    <name>Sparkline</name>
    <message>
        <source>In the last {seconds} s between {least} and {most} rows/s, now {now}.</source>
        <translation>In den letzten {seconds} s zwischen {least} und {most} Zeilen/s, jetzt {now}.</translation>
    </message>
    <message>
        <source>Not known yet.</source>
        <translation>Noch nicht bekannt.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
</context>
<context>
    <name>SplitPart</name>
    <message>
        <source> MB</source>
        <translation> MB</translation>
    </message>
    <message numerus="yes">
        <source> row(s)</source>
        <translation>
            <numerusform> Zeile</numerusform>
            <numerusform> Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>Each file has so much at most, and a header of its own.</source>
        <translation>Jede Datei hat höchstens so viel und eine eigene Kopfzeile.</translation>
    </message>
    <message>
        <source>Files of this format are not split by size.</source>
        <translation>Dateien dieses Formats werden nicht nach Größe aufgeteilt.</translation>
    </message>
    <message>
        <source>Nothing: one file</source>
        <translation>Gar nicht: eine Datei</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Split &amp;by</source>
        <translation>Auf&amp;teilen nach</translation>
    </message>
    <message>
        <source>What a file has at most</source>
        <translation>Was eine Datei höchstens hat</translation>
    </message>
    <message>
        <source>What to split the export by</source>
        <translation>Wonach der Export aufgeteilt wird</translation>
    </message>
</context>
<context>
    <name>TableStates</name>
    <message>
        <source>&amp;Open another database…</source>
        <translation>A&amp;ndere Datenbank öffnen…</translation>
    </message>
    <message>
        <source>Open another database</source>
        <translation>Eine andere Datenbank öffnen</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
</context>
<context>
    <name>Tables</name>
    <message>
        <source>(no name)</source>
        <translation>(kein Name)</translation>
    </message>
    <message>
        <source>Query of your own</source>
        <translation>Eigene Abfrage</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>Virtual table</source>
        <translation>Virtuelle Tabelle</translation>
    </message>
    <message>
        <source>Without a key its rows are read forward, one after another.</source>
        <translation>Ohne Schlüssel werden die Zeilen nur vorwärts gelesen, eine nach der anderen.</translation>
    </message>
    <message numerus="yes">
        <source>about {count} row(s)</source>
        <translation>
            <numerusform>etwa {count} Zeile</numerusform>
            <numerusform>etwa {count} Zeilen</numerusform>
        </translation>
    </message>
    <message>
        <source>no key</source>
        <translation>kein Schlüssel</translation>
    </message>
    <message numerus="yes">
        <source>{count} (table or view|tables and views)</source>
        <translation>
            <numerusform>{count} Tabelle oder Sicht</numerusform>
            <numerusform>{count} Tabellen und Sichten</numerusform>
        </translation>
    </message>
    <message>
        <source>~{rows}</source>
        <translation>~{rows}</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>The log is in {folder}</source>
        <translation>Das Protokoll liegt in {folder}</translation>
    </message>
    <message>
        <source>The report is on the clipboard. Nothing was sent anywhere.</source>
        <translation>Der Bericht ist in der Zwischenablage. Es wurde nichts gesendet.</translation>
    </message>
</context>
<context>
    <name>UnexpectedDialog</name>
    <message>
        <source>&amp;Copy report</source>
        <translation>Bericht &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Close and go on</source>
        <translation>Schließen und weitermachen</translation>
    </message>
    <message>
        <source>Copy the report</source>
        <translation>Den Bericht kopieren</translation>
    </message>
    <message>
        <source>Errors so far: {count}</source>
        <translation>Fehler bisher: {count}</translation>
    </message>
    <message>
        <source>Exports are saved up to their last checkpoint, and go on from there after a restart. No database was changed: the program only reads them.</source>
        <translation>Exporte sind bis zu ihrem letzten Sicherungspunkt gespeichert und gehen nach einem Neustart von dort weiter. Keine Datenbank wurde verändert: Das Programm liest sie nur.</translation>
    </message>
    <message>
        <source>Quit the program</source>
        <translation>Das Programm beenden</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Show &amp;log folder</source>
        <translation>&amp;Protokollordner zeigen</translation>
    </message>
    <message>
        <source>Show &amp;report</source>
        <translation>Bericht &amp;zeigen</translation>
    </message>
    <message>
        <source>Show the folder of the log</source>
        <translation>Den Ordner des Protokolls zeigen</translation>
    </message>
    <message>
        <source>Show what the report says</source>
        <translation>Zeigen, was im Bericht steht</translation>
    </message>
    <message>
        <source>Something went wrong that nobody foresaw.</source>
        <translation>Etwas ist schiefgegangen, womit niemand gerechnet hat.</translation>
    </message>
    <message>
        <source>Start it again. Nothing is sent anywhere: copy the report, and give it to whoever helps you.</source>
        <translation>Starten Sie es noch einmal. Es wird nichts gesendet: Kopieren Sie den Bericht und geben Sie ihn der Person, die Ihnen hilft.</translation>
    </message>
    <message>
        <source>The program cannot start.</source>
        <translation>Das Programm kann nicht starten.</translation>
    </message>
    <message>
        <source>Unexpected error</source>
        <translation>Unerwarteter Fehler</translation>
    </message>
    <message>
        <source>You can go on. If the window no longer does what it should, quit and start it again. Nothing is sent anywhere: copy the report, and give it to whoever helps you.</source>
        <translation>Sie können weitermachen. Wenn das Fenster nicht mehr tut, was es soll, beenden Sie das Programm und starten Sie es neu. Es wird nichts gesendet: Kopieren Sie den Bericht und geben Sie ihn der Person, die Ihnen hilft.</translation>
    </message>
</context>
<context>
    <name>Verifying</name>
    <message>
        <source>Verifying…</source>
        <translation>Wird geprüft…</translation>
    </message>
    <message>
        <source>Verifying… {percent}</source>
        <translation>Wird geprüft… {percent}</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source> and {count} more stretches</source>
        <translation> und {count} weiteren Abschnitten</translation>
    </message>
    <message>
        <source>- and {count} more</source>
        <translation>- und {count} weitere</translation>
    </message>
    <message>
        <source>- it {what}</source>
        <translation>- sie {what}</translation>
    </message>
    <message>
        <source>- its sha256 is {sha256}, and was {was}</source>
        <translation>- ihr SHA-256 ist {sha256} und war {was}</translation>
    </message>
    <message>
        <source>; it </source>
        <translation>; sie </translation>
    </message>
    <message>
        <source>; it is what another export wrote at {time}</source>
        <translation>; sie ist, was ein anderer Export geschrieben hat ({time})</translation>
    </message>
    <message>
        <source>All {count} files are just what was exported: {rows} rows, {bytes} bytes.
So says the record of their export.</source>
        <translation>Alle {count} Dateien sind genau, was exportiert wurde: {rows} Zeilen, {bytes} Bytes.
Das sagt die Aufzeichnung ihres Exports.</translation>
    </message>
    <message>
        <source>It is what another export wrote at {time}.</source>
        <translation>Sie ist, was ein anderer Export geschrieben hat ({time}).</translation>
    </message>
    <message>
        <source>It is what another export wrote at {time}: the manifest is not of that one.</source>
        <translation>Sie ist, was ein anderer Export geschrieben hat ({time}): Das Manifest gehört nicht zu jenem.</translation>
    </message>
    <message>
        <source>No export of this program is known to have written {path}.
The file was not changed.</source>
        <translation>Kein bekannter Export dieses Programms hat {path} geschrieben.
Die Datei wurde nicht geändert.</translation>
    </message>
    <message>
        <source>No file was changed. Bring them back from a copy, or export them again.</source>
        <translation>Keine Datei wurde geändert. Holen Sie sie aus einer Kopie zurück, oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>So says {witness}:</source>
        <translation>Das sagt {witness}:</translation>
    </message>
    <message>
        <source>The file was not changed. Bring it back from a copy, or export it again.</source>
        <translation>Die Datei wurde nicht geändert. Holen Sie sie aus einer Kopie zurück, oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>There is no file {path}.
Nothing was changed. Check the path, or export it again.</source>
        <translation>Die Datei {path} gibt es nicht.
Nichts wurde geändert. Prüfen Sie den Pfad, oder exportieren Sie sie noch einmal.</translation>
    </message>
    <message>
        <source>begins with the {count} bytes that were exported</source>
        <translation>beginnt mit den {count} Bytes, die exportiert wurden</translation>
    </message>
    <message>
        <source>bytes {first} to {last}</source>
        <translation>Bytes {first} bis {last}</translation>
    </message>
    <message>
        <source>differs in {stretches}</source>
        <translation>unterscheidet sich in den {stretches}</translation>
    </message>
    <message>
        <source>differs somewhere: its digests by pieces are not known</source>
        <translation>unterscheidet sich irgendwo: Die Prüfsummen ihrer Teile sind nicht bekannt</translation>
    </message>
    <message>
        <source>is longer by {count}: it has {has} and had {had}</source>
        <translation>ist um {count} länger: Sie hat {has} und hatte {had}</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is shorter by {count}: it has {has} and had {had}</source>
        <translation>ist um {count} kürzer: Sie hat {has} und hatte {had}</translation>
    </message>
    <message>
        <source>its manifest {manifest}</source>
        <translation>ihr Manifest {manifest}</translation>
    </message>
    <message>
        <source>the record of its export</source>
        <translation>die Aufzeichnung ihres Exports</translation>
    </message>
    <message numerus="yes">
        <source>{bad} of {count} files (is|are) not what was exported:</source>
        <translation>
            <numerusform>{bad} von {count} Dateien ist nicht, was exportiert wurde:</numerusform>
            <numerusform>{bad} von {count} Dateien sind nicht, was exportiert wurde:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} byte(s)</source>
        <translation>
            <numerusform>{count} Byte</numerusform>
            <numerusform>{count} Bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{first} to {last} ({count} file(s))</source>
        <translation>
            <numerusform>{first} bis {last} ({count} Datei)</numerusform>
            <numerusform>{first} bis {last} ({count} Dateien)</numerusform>
        </translation>
    </message>
    <message>
        <source>{path} is just what was exported: {rows} rows, {bytes} bytes, sha256 {sha256}.
So says {witness}.</source>
        <translation>{path} ist genau, was exportiert wurde: {rows} Zeilen, {bytes} Bytes, SHA-256 {sha256}.
Das sagt {witness}.</translation>
    </message>
    <message>
        <source>{path} is not what was exported at {time}.</source>
        <translation>{path} ist nicht, was exportiert wurde ({time}).</translation>
    </message>
</context>
<context>
    <name>_RenameDelegate</name>
    <message>
        <source>Name in the file</source>
        <translation>Name in der Datei</translation>
    </message>
</context>
</TS>
