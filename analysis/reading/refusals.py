"""The endings of files that are not read → what to do with them."""

from collections.abc import Mapping

BIBLIOGRAPHY = (
    "it lists articles as programs for references do, without their full text; download the "
    "articles themselves, or export the list as a table with a column of full texts"
)
_WORD = "open it in a word processor and save it as .docx"
_ARCHIVE = "unpack it, or pack its files again as .zip"
_BOOK = "convert it to .epub"
_MAILS = "save each mail as .eml"
_SUBTITLES = "save the subtitles as .srt or .vtt"
_SLIDES = "save its text as .docx or .txt"
_SHEET = "save it as .xlsx or .csv"
_PICTURE = "read it by OCR first, and save the text as .txt or .pdf"
_RECORDING = "transcribe it first, and save the text as .txt, .srt or .vtt"
_PAGE = "open it in a browser and save the page as .html or .mhtml"
_LINK = "it is only a link; save what it leads to (a document of Google Docs as .docx)"
_GROUPS: Mapping[str, str] = {
    ".doc .dot .docm .fodt .ott .sxw .wpd .wps": _WORD,
    ".pages": "open it in Pages and export it as Word (.docx)",
    ".7z .rar .zst .lz4 .z .cab .dmg .iso": _ARCHIVE,
    ".wacz": "unpack it as a .zip file, and read the .warc.gz files in it",
    ".mobi .azw .azw3 .fb2": _BOOK,
    ".msg .mbox .pst .ost .emlx": _MAILS,
    ".ass .ssa .sbv .sub .ttml .dfxp": _SUBTITLES,
    ".ppt .pptx .odp .key": _SLIDES,
    ".ods .numbers .sav .dta .rds .rdata": _SHEET,
    ".png .jpg .jpeg .gif .tif .tiff .webp .heic .bmp .djvu": _PICTURE,
    ".mp3 .mp4 .m4a .wav .ogg .mov .avi .mkv .webm": _RECORDING,
    ".webarchive .maff": _PAGE,
    ".kml": "it is a map; leave it out",
    ".opml": "open each of the feeds that it lists and save it as .xml",
    ".gdoc .gsheet .url .webloc .lnk": _LINK,
    ".ris .bib .enw .nbib .ciw .enl": BIBLIOGRAPHY,
}
_REMEDIES = {ending: remedy for endings, remedy in _GROUPS.items() for ending in endings.split()}


def remedy_for(suffix: str) -> str | None:
    """Say what to do with a file of an ending that is known and not read."""
    return _REMEDIES.get(suffix)
