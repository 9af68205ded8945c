import { expect, test } from 'vitest';
import { placeWindow } from './window-state.ts';

const main = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };

test('a kept place on a screen that is there is kept', () => {
  const kept = { x: 2000, y: 100, width: 1000, height: 700 };
  expect(placeWindow(kept, [main, second])).toEqual(kept);
});

test('without a kept place, or with its screen gone, the window is in the middle of the main screen', () => {
  expect(placeWindow(undefined, [main])).toEqual({ x: 280, y: 113, width: 1360, height: 880 });
  const gone = { x: 2000, y: 100, width: 1000, height: 700 };
  expect(placeWindow(gone, [main])).toEqual({ x: 460, y: 203, width: 1000, height: 700 });
});

test('a window that hangs over an edge, or is larger than the screen, is brought in', () => {
  expect(placeWindow({ x: 1500, y: -300, width: 1000, height: 700 }, [main])).toEqual({
    x: 920,
    y: 25,
    width: 1000,
    height: 700,
  });
  expect(placeWindow({ x: 0, y: 25, width: 5000, height: 5000 }, [main])).toEqual(main);
  expect(placeWindow({ x: 10, y: 30, width: 1, height: 1 }, [main])).toMatchObject({
    width: 900,
    height: 600,
  });
});
