// The editor in the colours of the page: its custom properties reach into the shadow root, light and dark.
import { EditorView, HighlightStyle, syntaxHighlighting, tags } from "../vendor/codemirror.js";

const LOOK = EditorView.theme({
  "&": { color: "var(--ink)", backgroundColor: "var(--card)", fontSize: "0.92rem", borderRadius: "var(--radius)" },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", minHeight: "20rem", maxHeight: "70vh", overflow: "auto" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.8rem 0" },
  ".cm-line": { padding: "0 0.9rem 0 0.4rem" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--quiet)", border: "0", paddingLeft: "0.3rem" },
  ".cm-content ::selection": { backgroundColor: "var(--marked)" },
  "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--marked)", color: "inherit" },
  "&.cm-focused .cm-nonmatchingBracket": { backgroundColor: "transparent", color: "var(--fault)" },
  ".cm-tooltip": { backgroundColor: "var(--card)", color: "var(--ink)", border: "1px solid var(--field)" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    fontFamily: "var(--mono)",
    maxWidth: "min(40rem, 90vw)",
    maxHeight: "none", // the editor moves through it: no part of it scrolls by itself
    overflow: "hidden",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "0.35rem 0.6rem", lineHeight: "1.35" },
  ".cm-tooltip-autocomplete ul li[aria-selected]": { backgroundColor: "var(--accent)", color: "var(--on-accent)" },
  ".cm-completionDetail": { fontFamily: "var(--sans)", fontStyle: "normal", color: "var(--quiet)" },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-diagnostic-error": { borderLeft: "4px solid var(--fault)" },
  ".cm-lintRange-error": {
    backgroundImage: "none",
    backgroundColor: "var(--fault)",
    color: "var(--card)",
    textDecoration: "underline wavy",
  },
  ".cm-lintRange-error *": { color: "var(--card)" },
});

const WORDS = HighlightStyle.define([
  { tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600" },
  { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--code-variable)" },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--code-string)" },
  { tag: [tags.number, tags.bool, tags.atom], color: "var(--code-number)" },
  { tag: [tags.url, tags.namespace, tags.name, tags.tagName, tags.propertyName, tags.typeName], color: "var(--accent)" },
  { tag: tags.comment, color: "var(--quiet)", fontStyle: "italic" },
]);

export const theme = [LOOK, syntaxHighlighting(WORDS)];
