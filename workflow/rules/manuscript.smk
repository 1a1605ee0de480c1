MANUSCRIPT = [
    f"results/<study>/manuscript/manuscript.{suffix}" for suffix in ("pdf", "docx", "html")
]
MANUSCRIPT_TEXTS = {
    "name": STUDY.name,
    "labels": labels(PANEL_VARIABLES),
    "study": {
        **{key: value for key, value in SETTINGS.items() if key != "sources"},
        "sofa": SOFA_BLOCK,
    },
}


rule manuscript:
    """Stop after the manuscript."""
    input:
        MANUSCRIPT,


rule build_manuscript:
    """Bind every number of the manuscript to its estimate and typeset it."""
    input:
        estimates=[
            *expand("results/<study>/estimates/{analysis}.parquet", analysis=ESTIMATES),
            *COMPARISON_ESTIMATES,
        ],
        figures=[*FIGURE_FILES, *COMPARISON_FIGURES],
        tables=[
            *expand("results/<study>/tables/{name}.csv", name=TABLE_NAMES),
            *COMPARISON_TABLES,
        ],
        template=resource(f"manuscript/{SETTINGS['manuscript']['template']}.md"),
        bibliography=resource("manuscript/references.bib"),
        csl=resource("manuscript/numeric.csl"),
        typst=resource("manuscript/manuscript.typ"),
        css=resource("manuscript/manuscript.css"),
        accepted=ACCEPTED,
        settings=settings("build_manuscript", MANUSCRIPT_TEXTS),
        code=code("build_manuscript"),
    output:
        multiext("results/<study>/manuscript/manuscript", pdf=".pdf", docx=".docx", html=".html"),
    log:
        "results/<study>/logs/build_manuscript.log",
    resources:
        mem_mb=2000,
        runtime=10,
    params:
        **MANUSCRIPT_TEXTS,
    script:
        "../scripts/build_manuscript.py"
