// The queries somebody has open, kept in this browser alone.

const KEY = "carrefour.sparql.queries";
const MOST = 20; // of them; the oldest goes

export class Tabs {
  constructor(storage) {
    this.storage = storage;
    const { texts, active } = read(storage);
    this.texts = texts;
    this.active = active;
  }

  get text() {
    return this.texts[this.active];
  }

  /** Shows a text: in the tab that has it, else in a blank one, else in a new one. */
  open(text) {
    const same = this.texts.indexOf(text);
    const blank = this.texts.findIndex((each) => !each.trim());
    const place = same >= 0 ? same : blank;
    if (place < 0) this.add(text);
    else this.choose(place);
    this.change(text);
  }

  add(text = "") {
    this.texts.push(text);
    if (this.texts.length > MOST) this.texts.shift();
    this.active = this.texts.length - 1;
    this.save();
  }

  close() {
    this.texts.splice(this.active, 1);
    if (!this.texts.length) this.texts.push("");
    this.active = Math.min(this.active, this.texts.length - 1);
    this.save();
  }

  choose(place) {
    this.active = (place + this.texts.length) % this.texts.length;
    this.save();
  }

  change(text) {
    this.texts[this.active] = text;
    this.save();
  }

  /** The first comment of a query, in this language where the language is told, else a number. */
  title(place, word, language) {
    const comments = [...this.texts[place].matchAll(/^[ \t]*#[ \t]*(?:(fr|en):[ \t]*)?(\S.*)$/gm)];
    const comment = (comments.find(([, code]) => code === language) ?? comments[0])?.[2].trim() ?? "";
    return comment.length > 32 ? `${comment.slice(0, 30).trimEnd()}…` : comment || `${word} ${place + 1}`;
  }

  save() {
    try {
      this.storage?.setItem(KEY, JSON.stringify({ texts: this.texts, active: this.active }));
    } catch {
      // a full or forbidden storage forgets
    }
  }
}

function read(storage) {
  try {
    const { texts, active } = JSON.parse(storage.getItem(KEY));
    const whole = texts.length && texts.every((text) => typeof text === "string") && active in texts;
    if (whole) return { texts: texts.slice(0, MOST), active };
  } catch {
    // nothing kept, or not by us
  }
  return { texts: [""], active: 0 };
}
