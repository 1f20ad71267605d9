"""The order Word wants a property element's children in (ECMA-376); a child out of place makes a file "unreadable"."""

from __future__ import annotations

from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

ORDER = {
    "w:pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "w:rPr": (
        "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
        "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em "
        "lang eastAsianLayout specVanish oMath"
    ),
    "w:tblPr": (
        "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
        "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
    ),
    "w:sectPr": (
        "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
        "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings"
    ),
    "w:tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark"
    ),
}


def put(parent: BaseOxmlElement, child: BaseOxmlElement) -> None:
    """Sets `child` in `parent` where it belongs, in place of one of the same kind."""
    names = ["w:" + name for name in ORDER[_short(parent)].split()]
    for old in parent.findall(child.tag):
        parent.remove(old)
    place = names.index(_short(child))
    parent.insert_element_before(child, *names[place + 1 :])


def misplaced(root: BaseOxmlElement) -> list[str]:
    """What under `root` stands out of order, as `parent: child, child`."""
    found = []
    for parent_name, order in ORDER.items():
        places = {qn("w:" + name): place for place, name in enumerate(order.split())}
        for parent in root.iter(qn(parent_name)):
            ranks = [places.get(child.tag, -1) for child in parent]
            if ranks != sorted(ranks) or -1 in ranks:
                found.append(f"{parent_name}: " + ", ".join(child.tag.split("}")[1] for child in parent))
    return found


def _short(element: BaseOxmlElement) -> str:
    return "w:" + element.tag.split("}")[1]
