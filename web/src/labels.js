// Placing labels so that none covers another. A label has eight places around its disc, as mapmakers use them, and takes the free
// one that hides the least; what matters most may push others to another place of theirs. After Christensen, J., Marks, J.,
// Shieber, S. (1995), "An empirical study of algorithms for point-feature label placement", ACM Transactions on Graphics 14(3).

const GAP = 3; // pixels between a disc and its label
const SIDE = 2; // pixels kept free at either end of a label
const HIDDEN = 1; // how much a label may hide: 1 is the whole of a disc like its own
const SURE = 30; // so many that matter most hide what they must, and may push others
const PUSHES = 1; // how often what was pushed may push others
const TRIES = 5; // for each label that there is room for

// `items`, most important first: { x, y, r, text, size }, in pixels. `measure(text, size)` gives a width in pixels; `kept` are
// boxes that are kept free.
// Returns those that found a place: { ...item, left, top, width, height }.
export function place(items, { width, height, most, measure, kept = [] }) {
  const discs = new Grid();
  for (const item of items) discs.add({ item, ...box(item.x - item.r, item.y - item.r, 2 * item.r, 2 * item.r) });
  const labels = new Grid();

  // The places of a label within the frame, those that hide least first.
  const placesOf = (item, rank) => {
    const [wide, high] = [measure(item.text, item.size) + 2 * SIDE, item.size * 1.15];
    const places = around(item, wide, high)
      .map(([left, top, cost]) => ({ item, cost, ...box(left, top, wide, high) }))
      .filter((one) => one.left >= 0 && one.top >= 2 && one.right <= width && one.bottom <= height - 2 && !kept.some((other) => meet(one, other)));
    for (const one of places)
      for (const disc of discs.meeting(one)) if (disc.item !== item) one.cost += part(one, disc) * (disc.item.r / item.r) ** 2;
    return places.filter(({ cost }) => rank < SURE || cost <= HIDDEN).sort((a, b) => a.cost - b.cost);
  };
  const settle = (places) => {
    const free = places.find((one) => !labels.meeting(one).length);
    if (free) labels.add({ ...free, places });
    return Boolean(free);
  };
  // Where no place is free, one from which each label in the way can go elsewhere, if need be by pushing others once more.
  const push = (places, more) =>
    places.some((one) => {
      const before = new Set(labels.all);
      const inWay = labels.meeting(one);
      inWay.forEach((label) => labels.remove(label));
      labels.add({ ...one, places });
      if (inWay.every((label) => settle(label.places) || (more && push(label.places, more - 1)))) return true;
      for (const label of labels.all) if (!before.has(label)) labels.remove(label);
      for (const label of before) if (!labels.all.has(label)) labels.add(label);
      return false;
    });

  for (const [rank, item] of items.slice(0, TRIES * most).entries()) {
    const places = placesOf(item, rank);
    if (!settle(places) && rank < SURE) push(places, PUSHES);
    if (labels.all.size >= most) break;
  }
  return [...labels.all].map(({ item, left, top, right, bottom }) => ({ ...item, left: left + SIDE, top, width: right - left - 2 * SIDE, height: bottom - top }));
}

const box = (left, top, width, height) => ({ left, top, right: left + width, bottom: top + height });

const meet = (a, b) => a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top;

// Left, top and cost of the eight places of a label around its disc.
function around({ x, y, r }, width, height) {
  const gap = r + GAP;
  const slant = r * Math.SQRT1_2 + 1;
  return [
    [x + gap - SIDE, y - height / 2, 0],
    [x - gap + SIDE - width, y - height / 2, 0.12],
    [x - width / 2, y - gap - height + 1, 0.15],
    [x - width / 2, y + gap - 1, 0.15],
    [x + slant, y - slant - height, 0.2],
    [x + slant, y + slant, 0.2],
    [x - slant - width, y - slant - height, 0.25],
    [x - slant - width, y + slant, 0.25],
  ];
}

// The part of a disc that a box hides, 0 to 1.
function part(one, disc) {
  const across = Math.min(one.right, disc.right) - Math.max(one.left, disc.left);
  const down = Math.min(one.bottom, disc.bottom) - Math.max(one.top, disc.top);
  return (across * down) / ((disc.right - disc.left) * (disc.bottom - disc.top));
}

const CELL = 32;

// Boxes, found again by where they are.
class Grid {
  all = new Set();
  cells = new Map();

  add(one) {
    this.all.add(one);
    for (const cell of this.cellsOf(one)) cell.add(one);
  }
  remove(one) {
    this.all.delete(one);
    for (const cell of this.cellsOf(one)) cell.delete(one);
  }
  meeting(one) {
    const found = new Set();
    for (const cell of this.cellsOf(one)) for (const other of cell) if (meet(one, other)) found.add(other);
    return [...found];
  }
  *cellsOf({ left, top, right, bottom }) {
    for (let i = Math.floor(left / CELL); i <= Math.floor(right / CELL); i++)
      for (let j = Math.floor(top / CELL); j <= Math.floor(bottom / CELL); j++) {
        const key = i * 65536 + j;
        if (!this.cells.has(key)) this.cells.set(key, new Set());
        yield this.cells.get(key);
      }
  }
}
