<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US" sourcelanguage="en">
<context>
    <name>ConnectDialog</name>
    <message numerus="yes">
        <source>It works: {place} answers and has {count} (table or view|tables and views).</source>
        <translation>
            <numerusform>It works: {place} answers and has {count} table or view.</numerusform>
            <numerusform>It works: {place} answers and has {count} tables and views.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DetailsPane</name>
    <message numerus="yes">
        <source>… and {count} more byte(s): copy or export the row to have them all.</source>
        <translation>
            <numerusform>… and {count} more byte: copy or export the row to have them all.</numerusform>
            <numerusform>… and {count} more bytes: copy or export the row to have them all.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and {count} more character(s): copy or export the row to have them all.</source>
        <translation>
            <numerusform>… and {count} more character: copy or export the row to have them all.</numerusform>
            <numerusform>… and {count} more characters: copy or export the row to have them all.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExcelNotice</name>
    <message numerus="yes">
        <source>and so in {count} more column(s)</source>
        <translation>
            <numerusform>and so in {count} more column</numerusform>
            <numerusform>and so in {count} more columns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ExportsPanel</name>
    <message numerus="yes">
        <source>The (row|{count} rows) written so far (is|are) thrown away. It cannot be resumed.</source>
        <translation>
            <numerusform>The row written so far is thrown away. It cannot be resumed.</numerusform>
            <numerusform>The {count} rows written so far are thrown away. It cannot be resumed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message numerus="yes">
        <source>{count} row(s)</source>
        <translation>
            <numerusform>{count} row</numerusform>
            <numerusform>{count} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{rows} of {total} row(s)</source>
        <translation>
            <numerusform>{rows} of {total} row</numerusform>
            <numerusform>{rows} of {total} rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobDetailsWords</name>
    <message numerus="yes">
        <source>(once|{count} times)</source>
        <translation>
            <numerusform>once</numerusform>
            <numerusform>{count} times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} byte(s)</source>
        <translation>
            <numerusform>{count} byte</numerusform>
            <numerusform>{count} bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{gone} of {count} files (is|are) gone</source>
        <translation>
            <numerusform>{gone} of {count} files is gone</numerusform>
            <numerusform>{gone} of {count} files are gone</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>JobWords</name>
    <message numerus="yes">
        <source>Pausing {count} export(s)…</source>
        <translation>
            <numerusform>Pausing {count} export…</numerusform>
            <numerusform>Pausing {count} exports…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueryDialog</name>
    <message numerus="yes">
        <source>{count} column(s): {names}</source>
        <translation>
            <numerusform>{count} column: {names}</numerusform>
            <numerusform>{count} columns: {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Removing</name>
    <message numerus="yes">
        <source>(Its file stays|Their files stay). The list no longer knows what is in (it|them).</source>
        <translation>
            <numerusform>Its file stays. The list no longer knows what is in it.</numerusform>
            <numerusform>Their files stay. The list no longer knows what is in them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove {count} ended export(s) from the list?</source>
        <translation>
            <numerusform>Remove {count} ended export from the list?</numerusform>
            <numerusform>Remove {count} ended exports from the list?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SplitPart</name>
    <message numerus="yes">
        <source> row(s)</source>
        <translation>
            <numerusform> row</numerusform>
            <numerusform> rows</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tables</name>
    <message numerus="yes">
        <source>about {count} row(s)</source>
        <translation>
            <numerusform>about {count} row</numerusform>
            <numerusform>about {count} rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} (table or view|tables and views)</source>
        <translation>
            <numerusform>{count} table or view</numerusform>
            <numerusform>{count} tables and views</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message numerus="yes">
        <source>{bad} of {count} files (is|are) not what was exported:</source>
        <translation>
            <numerusform>{bad} of {count} files is not what was exported:</numerusform>
            <numerusform>{bad} of {count} files are not what was exported:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} byte(s)</source>
        <translation>
            <numerusform>{count} byte</numerusform>
            <numerusform>{count} bytes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{first} to {last} ({count} file(s))</source>
        <translation>
            <numerusform>{first} to {last} ({count} file)</numerusform>
            <numerusform>{first} to {last} ({count} files)</numerusform>
        </translation>
    </message>
</context>
</TS>
