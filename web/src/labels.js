// Placing labels so that none covers another: the most important first, each at the first free side of its node.

const CELL = 32;

// `items`, most important first: { x, y, r, text, size }. `measure(text, size)` gives a width in pixels. A label may cover
// the discs of what matters less, never those of what matters more.
// Returns the labels that found a place: { ...item, left, top, width, height }.
export function place(items, { width, height, most, measure, covering = 4 }) {
  const taken = new Map();
  const placed = [];
  for (const item of items) {
    if (placed.length >= most) break;
    const { x, y, r } = item;
    if (r > covering) occupy(taken, { left: x - r, top: y - r, right: x + r, bottom: y + r, x, y });
    const w = measure(item.text, item.size);
    const h = item.size * 1.15;
    const gap = item.r + 3;
    const sides = [
      [item.x + gap, item.y - h / 2],
      [item.x - gap - w, item.y - h / 2],
      [item.x - w / 2, item.y + gap - 1],
      [item.x - w / 2, item.y - gap - h + 1],
    ];
    for (const [left, top] of sides) {
      const box = { left: left - 2, top, right: left + w + 2, bottom: top + h };
      if (left < 2 || top < 2 || left + w > width - 2 || top + h > height - 2) continue;
      if (!isFree(taken, box, item)) continue;
      occupy(taken, box);
      placed.push({ ...item, left, top, width: w, height: h });
      break;
    }
  }
  return placed;
}

function* cells(box) {
  for (let i = Math.floor(box.left / CELL); i <= Math.floor(box.right / CELL); i++)
    for (let j = Math.floor(box.top / CELL); j <= Math.floor(box.bottom / CELL); j++) yield i * 65536 + j;
}

function occupy(taken, box) {
  for (const cell of cells(box)) {
    const held = taken.get(cell);
    if (held) held.push(box);
    else taken.set(cell, [box]);
  }
}

function isFree(taken, box, own) {
  for (const cell of cells(box))
    for (const held of taken.get(cell) ?? [])
      if (
        !(held.x === own.x && held.y === own.y) &&
        held.left < box.right && held.right > box.left && held.top < box.bottom && held.bottom > box.top
      )
        return false;
  return true;
}
