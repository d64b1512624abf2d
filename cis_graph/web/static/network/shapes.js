/** A shape for each group beside its colour, so that no group is told by colour alone. */

const TURN = 2 * Math.PI;

function polygon(corners, turn = 0, stretch = 1.15) {
  return Array.from({ length: corners }, (_, corner) => [
    stretch * Math.cos(turn + (TURN * corner) / corners),
    stretch * Math.sin(turn + (TURN * corner) / corners),
  ]);
}

const STAR = Array.from({ length: 10 }, (_, corner) => {
  const out = corner % 2 ? 0.55 : 1.25;
  return [out * Math.sin((TURN * corner) / 10), -out * Math.cos((TURN * corner) / 10)];
});

/** Corners around a centre at a radius of 1; a disc has none. */
export const SHAPES = [
  null,
  polygon(4, TURN / 8),
  polygon(4, 0, 1.25),
  polygon(3, -TURN / 4, 1.3),
  polygon(6),
  polygon(3, TURN / 4, 1.3),
  STAR,
  null,
];

/** Adds a shape to the path of a context. */
export function trace(context, shape, x, y, radius) {
  const corners = SHAPES[shape];
  if (!corners) {
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, TURN);
    return;
  }
  corners.forEach(([right, down], corner) => {
    if (corner) context.lineTo(x + right * radius, y + down * radius);
    else context.moveTo(x + right * radius, y + down * radius);
  });
  context.closePath();
}

/** The shape as a small picture in a legend. */
export function swatch(shape) {
  const space = "http://www.w3.org/2000/svg";
  const picture = document.createElementNS(space, "svg");
  picture.setAttribute("viewBox", "-1.4 -1.4 2.8 2.8");
  picture.setAttribute("aria-hidden", "true");
  const corners = SHAPES[shape];
  const drawn = document.createElementNS(space, corners ? "polygon" : "circle");
  if (corners) drawn.setAttribute("points", corners.map((corner) => corner.join()).join(" "));
  else drawn.setAttribute("r", "1");
  picture.append(drawn);
  return picture;
}
