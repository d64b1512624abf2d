/** Hands on the picture: a mouse, fingers, or keys. */

const STEP = 60; // pixels a key pans
const NEARER = 1.35; // what a key or a button zooms by
const STILL = 5; // pixels a press may slip and still be a press

/** @param does `pan`, `approach`, `home`, `point`, `press`, `leave`, `next`, `open`, `close`: what becomes of each movement */
export function listen(canvas, does) {
  const down = new Map();
  let [slipped, apart] = [0, 0];

  canvas.addEventListener("pointerdown", (event) => {
    down.set(event.pointerId, at(canvas, event));
    canvas.setPointerCapture(event.pointerId);
    [slipped, apart] = [0, distance(down)];
  });
  canvas.addEventListener("pointermove", (event) => {
    const now = at(canvas, event);
    const before = down.get(event.pointerId);
    if (!before) {
      does.point(...now);
      return;
    }
    down.set(event.pointerId, now);
    const [right, lower] = [now[0] - before[0], now[1] - before[1]];
    slipped += Math.abs(right) + Math.abs(lower);
    if (down.size > 1) {
      const wider = distance(down);
      if (apart && wider) does.approach(wider / apart, ...middle(down));
      apart = wider;
    }
    if (slipped > STILL) does.pan(right / down.size, lower / down.size);
  });
  const up = (event) => {
    const was = down.delete(event.pointerId);
    if (was && event.type === "pointerup" && slipped <= STILL) does.press(...at(canvas, event));
    apart = distance(down);
  };
  canvas.addEventListener("pointerup", up);
  canvas.addEventListener("pointercancel", up);
  canvas.addEventListener("pointerleave", () => down.size || does.leave());
  canvas.addEventListener(
    "wheel",
    (event) => {
      if (!event.ctrlKey && !event.metaKey && document.activeElement !== canvas) return; // the page scrolls on
      event.preventDefault();
      does.approach(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.002)), ...at(canvas, event));
    },
    { passive: false },
  );
  canvas.addEventListener("keydown", (event) => {
    const move = keys(does)[event.key];
    if (!move || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move();
  });
}

export function keys(does) {
  return {
    ArrowLeft: () => does.pan(STEP, 0),
    ArrowRight: () => does.pan(-STEP, 0),
    ArrowUp: () => does.pan(0, STEP),
    ArrowDown: () => does.pan(0, -STEP),
    "+": () => does.approach(NEARER),
    "=": () => does.approach(NEARER),
    "-": () => does.approach(1 / NEARER),
    0: () => does.home(),
    n: () => does.next(1),
    p: () => does.next(-1),
    Enter: () => does.open(),
    Escape: () => does.close(),
  };
}

function at(canvas, event) {
  const box = canvas.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function distance(down) {
  if (down.size < 2) return 0;
  const [one, other] = down.values();
  return Math.hypot(one[0] - other[0], one[1] - other[1]);
}

function middle(down) {
  const [one, other] = down.values();
  return [(one[0] + other[0]) / 2, (one[1] + other[1]) / 2];
}
