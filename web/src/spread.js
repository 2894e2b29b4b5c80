// Moving discs apart where they would cover each other.

// Positions in any unit; radii in the same. Each round pushes every pair that overlaps half-way apart; a hundred rounds are
// enough for what a screen can show, and of very many discs a picture is crowded all the same. What stands free stays where it is.
// Changes `xs` and `ys`.
export function spread(xs, ys, radii, rounds = Math.ceil(Math.min(100, 40000 / xs.length))) {
  const cell = 2 * Math.max(...radii, 1e-9);
  for (let round = 0; round < rounds; round++) {
    const grid = new Map();
    const key = (i, j) => i * 100003 + j;
    for (let n = 0; n < xs.length; n++) {
      const at = key(Math.floor(xs[n] / cell), Math.floor(ys[n] / cell));
      const held = grid.get(at);
      if (held) held.push(n);
      else grid.set(at, [n]);
    }
    let moved = false;
    for (let n = 0; n < xs.length; n++) {
      const [ci, cj] = [Math.floor(xs[n] / cell), Math.floor(ys[n] / cell)];
      for (let i = ci - 1; i <= ci + 1; i++)
        for (let j = cj - 1; j <= cj + 1; j++)
          for (const m of grid.get(key(i, j)) ?? []) {
            if (m <= n) continue;
            const wanted = radii[n] + radii[m];
            let [dx, dy] = [xs[m] - xs[n], ys[m] - ys[n]];
            let far = Math.hypot(dx, dy);
            if (far >= wanted * 0.999) continue;
            if (far < 1e-9) [dx, dy, far] = [Math.cos(n), Math.sin(n), 1]; // one above the other: any direction will do
            // The smaller one gives way.
            const step = (wanted - Math.min(far, wanted)) / far;
            const part = radii[n] ** 2 / (radii[n] ** 2 + radii[m] ** 2);
            xs[n] -= dx * step * (1 - part);
            ys[n] -= dy * step * (1 - part);
            xs[m] += dx * step * part;
            ys[m] += dy * step * part;
            moved = true;
          }
    }
    if (!moved) return;
  }
}
