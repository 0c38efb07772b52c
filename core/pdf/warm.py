"""What the process that documents are forked from reads once: WeasyPrint, the style sheet, fonts, and a first page."""

from core.pdf.document import make

make('<!doctype html><html lang="sv"><title>Prov</title><p>Åäö <b>1</b><table><tr><th>A<td>1</table></html>')
