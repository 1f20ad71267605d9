"""The look of a Vietnamese state document (Nghị định 30/2020/NĐ-CP, Phụ lục I), defined once.

`page` is the paper, its styles and page number; `head` the heading block; `body` text and loops; `tables`; `sign` the
signature block; `appendix` its sections. The layouts of single documents are in `reports/layouts.py`.
"""
