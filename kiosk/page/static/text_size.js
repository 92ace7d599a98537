// SPDX-License-Identifier: EUPL-1.2
// From one of the four text sizes and the window, the size of the letters.

// The least columns and rows that each size must leave: the app's screens are drawn for 100x32 down to 60x20.
const GRIDS = [[100, 32], [84, 27], [72, 23], [60, 20]];
const SMALLEST_CELL = 4;

export const LARGEST_TEXT_SIZE = GRIDS.length - 1;

const FINE_STEPS = 32;
const FINE_STEP = 1 / 128;

const context = document.createElement("canvas").getContext("2d");

// Width and height of the cell that letters of this size need. Browsers round both in their own way, at each size.
function measure(family, size) {
  context.font = `${size}px ${family}`;
  const box = context.measureText("W");
  return { width: box.width, height: Math.ceil(box.fontBoundingBoxAscent + box.fontBoundingBoxDescent) };
}

// The largest letters that leave the grid. Cells are a whole number of pixels wide, else pictures drawn in pixels,
// and the ends of long lines, drift away from the letters beside them.
export function fontSize(textSize, width, height, family) {
  const [columns, rows] = GRIDS[textSize];
  for (let cell = Math.floor(width / columns); cell > SMALLEST_CELL; cell -= 1) {
    const size = sizeForCell(cell, family);
    if (Math.floor(height / measure(family, size).height) >= rows) {
      return size;
    }
  }
  return sizeForCell(SMALLEST_CELL, family);
}

// Try the sizes around the ideal one, keep the one that comes nearest.
function sizeForCell(cell, family) {
  const ideal = (cell * 1000) / measure(family, 1000).width;
  let best = { size: ideal, miss: Infinity };
  for (let step = -FINE_STEPS; step <= FINE_STEPS; step += 1) {
    const size = ideal + step * FINE_STEP;
    const miss = Math.abs(measure(family, size).width - cell);
    if (miss < best.miss) {
      best = { size, miss };
    }
  }
  return best.size;
}
