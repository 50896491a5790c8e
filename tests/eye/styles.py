"""Random style sheets: declarations, selectors and at-rules as CSS specifies them, harmless ones and others."""

from random import Random

# By what part of CSS defines them. Most values are harmless; those that hide, raise or move stand among them.
DECLARATIONS = {
    "display": "none;block;inline;inline-block;contents;table-cell;list-item;inline-flex;none !important;"
    "inline !important",
    "visibility": "hidden;collapse;visible;inherit;hidden !important",
    "opacity": "0;0%;.0;0.01;1;.5;0.9;-1;1e-9",
    "color": "white;#fff;#FFFFFF;rgb(255,255,255);rgb(255 255 255 / 1);rgba(0,0,0,0);transparent;#0000;#ffffff00;"
    "hsl(0,0%,100%);hwb(0 100% 0);currentcolor;inherit;initial;unset;red;#333;black;#fefefe;#fffffe;Canvas;CanvasText;"
    "ivory;#eee;snow;rgb(100%,100%,100%);color(srgb 1 1 1);lab(100 0 0);var(--pale);var(--none, #fff);navy !important",
    "background": "black;white;#000;red;yellow;none;transparent;#333;linear-gradient(#000,#000);#fff;navy;#eee",
    "background-color": "black;white;red;#000000;transparent;inherit;#333;rgba(0,0,0,.5)",
    "font-size": "0;0px;0.0em;1px;2px;3px;0.1em;5%;12px;1em;8px;smaller;xx-small;calc(0px);0.001pt;larger;150%;7px;"
    ".6em",
    "font": "0/0 a;12px serif;italic bold 12px/1 sans-serif;1px sans-serif;8px monospace;inherit",
    "text-indent": "-9999px;-999em;2em;0",
    "position": "static;relative;absolute;fixed;sticky",
    "top": "-5px;-.5em;4px;0;-9999px;auto",
    "left": "-9999px;0;2px;-200%;auto",
    "bottom": "5px;0;-9999px",
    "margin-left": "-9999px;3px;0;-1.5em",
    "clip": "rect(0 0 0 0);rect(1px,1px,1px,1px);auto",
    "clip-path": "inset(100%);inset(50%);circle(0);polygon(0 0);none;inset(0)",
    "overflow": "hidden;visible;clip;auto",
    "width": "0;1px;auto;40px",
    "height": "0;1px;auto;20px",
    "max-height": "0;none;50px",
    "max-width": "0;none;50px",
    "transform": "scale(0);scale(1);translateX(-9999px);rotateY(90deg);translate(-9999px,0);matrix(0,0,0,0,0,0);none;"
    "scale(.1);scaleX(0);translateY(-6px)",
    "scale": "0;1",
    "zoom": "0.01;1",
    "text-decoration": "line-through;underline;none;line-through red;overline",
    "text-decoration-line": "line-through;none;underline line-through",
    "vertical-align": "super;sub;baseline;5px;60%;-5px;text-top;middle;top",
    "content-visibility": "hidden;visible;auto",
    "float": "right;left;none",
    "direction": "rtl;ltr",
    "unicode-bidi": "bidi-override;isolate-override;normal",
    "letter-spacing": "-1em;1px;normal;2em",
    "-webkit-text-fill-color": "transparent;white;currentcolor;black",
    "-webkit-text-security": "disc;none",
    "filter": "opacity(0);none;opacity(1)",
    "all": "unset;initial;revert",
    "line-height": "0;1.5;normal",
    "font-weight": "bold;normal",
    "font-style": "italic",
    "text-align": "right;center",
    "padding": "0;2px",
    "border": "0;1px solid #999",
    "white-space": "nowrap;normal;pre",
    "text-transform": "uppercase;none",
    "word-break": "break-all",
    "cursor": "pointer",
    "font-variant-position": "super",
    "--pale": "#fff;#000",
    "--none": "initial",
    "unknown-property": "none",
}
# What belongs together to hide or raise something, as authors write it.
TOGETHER = (
    "position:absolute;left:-9999px",
    "position:absolute;top:-9999px",
    "position:relative;top:-5px;font-size:8px",
    "position:relative;bottom:.4em",
    "position:absolute;clip:rect(0 0 0 0)",
    "position:absolute;clip:rect(1px,1px,1px,1px);width:1px;height:1px;overflow:hidden",
    "display:inline-block;width:0;height:0;overflow:hidden",
    "display:inline-block;max-height:0;overflow:hidden",
    "display:block;height:0;overflow:hidden",
    "overflow:hidden;text-indent:-9999px;display:inline-block",
    "vertical-align:super;font-size:8px",
    "vertical-align:sub;font-size:.7em",
    "color:#fff;background:#fff",
    "color:#fff;background:#000",
    "color:red;background:red",
    "background:#000",
    "direction:rtl;unicode-bidi:bidi-override",
    "float:right",
    "position:absolute;right:0",
    "display:inline-block;transform:scale(0)",
    "display:inline-block;transform:translateX(-9999px)",
    "visibility:hidden;position:absolute",
    "color:black;-webkit-text-fill-color:transparent",
    "font:0/0 a",
    "display:none",
    "color:white",
    "visibility:hidden",
    "text-decoration:line-through",
)
PSEUDO = (
    'content:"1"', 'content:"（注）"', "content:none", 'content:""', "content:attr(title)", 'content:"9";display:none',
)  # fmt: skip
CLASSES = 8


def sheet(rng: Random) -> str:
    """A style sheet for the classes ``c0`` to ``c7`` on spans and cells."""
    font = rng.choice(("13px sans-serif", "12px serif"))
    rules = [f"body>p{{margin:0;font-size:8px}} table{{border-collapse:collapse}} td{{font:{font}}}"]
    rules += [_at(_rule(rng), rng) for _ in range(rng.randint(1, 12))]
    rules.insert(rng.randrange(len(rules)), rng.choice(("", "/* .c0{display:none} */", "<!--", "@charset 'utf-8';")))
    return "\n".join(rules)


def inline(rng: Random) -> str:
    """The content of a style attribute."""
    if rng.random() < 0.5:
        return rng.choice(TOGETHER)
    return ";".join(_declaration(rng) for _ in range(rng.randint(1, 3)))


def _rule(rng: Random) -> str:
    selector = ",".join(_selector(rng) for _ in range(rng.choice((1, 1, 1, 2))))
    if rng.random() < 0.06:
        return f"{selector}::{rng.choice(('before', 'after'))}{{{rng.choice(PSEUDO)}}}"
    body = inline(rng)
    if rng.random() < 0.15:
        body = body.replace(";", " !important;") + " !important"
    if rng.random() < 0.08:
        return f"td{{padding:1px; {selector}{{{body}}}}}"
    return f"{selector} {{ {body} }}"


def _declaration(rng: Random) -> str:
    name = rng.choice(list(DECLARATIONS))
    return f"{name}:{rng.choice(DECLARATIONS[name].split(';'))}"


def _selector(rng: Random) -> str:
    one, two = (f".c{rng.randrange(CLASSES)}" for _ in range(2))
    shapes = (
        one, one, one, one, f"td {one}", f"td>{one}", f"span{one}", f"b{one}", f"table {one}", f"body {one}",
        f"div {one}", f"{one}{two}", f"{one}+{two}", f"{one}~{two}", f"{one} {two}", f"{one}>{two}",
        f"{one}:first-child", f"{one}:last-child", f"{one}:only-child", f"{one}:not({two})", f":is({one},{two})",
        f":where({one})", f"[class~={one[1:]}]", f"[class^='{one[1:]}']", f"td:has({one}) i",
        f"tr:nth-child(2n) {one}", f"tr:nth-child(odd)>td {one}", f"{one}:hover", f"{one}:empty", f":root {one}",
        f"*{one}", f"{one}:nth-of-type(2)", f"{one} *", f"td:nth-child(3) {one}", "td>b:first-child", "td i", "em",
        "td small", f"{one}:unknown", f"{one}::selection", f"a{one}:link", f"#k{rng.randrange(6)}", f"TD SPAN{one}",
        f"html>body {one}", "th", "td>*+u",
    )  # fmt: skip
    return rng.choice(shapes)


def _at(rule: str, rng: Random) -> str:
    if rng.random() < 0.75:
        return rule
    wrapped = rng.choice((
        "@media screen", "@media print", "@media all", "@media (min-width:100px)", "@media (max-width:100px)",
        "@media not print", "@media screen and (min-width:2000px)", "@media only screen", "@media print,screen",
        "@supports (display:grid)", "@supports not (display:grid)", "@layer base", "@unknown", "@media speech",
        "@media (prefers-color-scheme:dark)", "@container (min-width:1px)", "@scope (td)", "@keyframes k",
    ))  # fmt: skip
    return f"{wrapped} {{ {rule} }}"
