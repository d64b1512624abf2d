// A CodeMirror editor for SPARQL in a shadow root, where its style sheets break no policy of the page.
import {
  EditorState, EditorView, autocompletion, bracketMatching, closeBrackets, closeBracketsKeymap, completionKeymap,
  defaultKeymap, history, historyKeymap, indentOnInput, keymap, lineNumbers, setDiagnostics, sparql,
} from "../vendor/codemirror.js";
import { theme } from "./theme.js";

/** An editor in `host`. `run` is called on Ctrl+Enter, `changed` with each new text; the Tab key goes on to the next field. */
export class Editor {
  constructor(host, { label, phrases, source, run, changed }) {
    const root = host.attachShadow({ mode: "open", delegatesFocus: true });
    this.extensions = [
      keymap.of([{ key: "Mod-Enter", run: () => (run(), true) }]),
      lineNumbers(), history(), indentOnInput(), bracketMatching(), closeBrackets(), EditorView.lineWrapping,
      sparql(), theme, autocompletion({ override: [source], icons: false, maxRenderedOptions: 9 }),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
      EditorState.phrases.of(phrases),
      EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" }),
      EditorView.updateListener.of((update) => update.docChanged && changed(update.state.doc.toString())),
    ];
    this.view = new EditorView({ root, parent: root, state: this.stateOf("") });
  }

  /** A state of its own, with its own history. */
  stateOf(text) {
    return EditorState.create({ doc: text, extensions: this.extensions });
  }

  get state() {
    return this.view.state;
  }

  show(state) {
    this.view.setState(state);
  }

  focus() {
    this.view.focus();
  }

  /** Marks the word at a line and a column (from 1, in characters), and puts the cursor there. */
  mark(line, column, message) {
    const { doc } = this.state;
    const at = doc.line(Math.min(Math.max(line, 1), doc.lines));
    const before = [...at.text].slice(0, column - 1).join("").length; // a column counts characters, not halves of them
    const from = Math.min(at.from + before, at.to);
    const to = Math.max(from + (doc.sliceString(from, at.to).match(/^[\p{L}\w:]+|^./u)?.[0].length ?? 0), from);
    const diagnostic = { from, to, severity: "error", message };
    this.view.dispatch(setDiagnostics(this.state, [diagnostic]), { selection: { anchor: from }, scrollIntoView: true });
  }
}
