import { expect, test } from 'vitest';
import { isPressed, shortcutWords } from './shortcut.ts';

const press = (key: string, held: string = '', code = `Key${key.toUpperCase()}`) => ({
  key,
  code,
  ctrlKey: held.includes('c'),
  metaKey: held.includes('m'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
});

test.each([
  ['mod+K', press('k', 'c'), true],
  ['mod+K', press('k', 'cs'), false],
  ['mod+K', press('k', 'm'), false],
  ['mod+shift+P', press('P', 'cs'), true],
  ['alt+W', press('w', 'a'), true],
  ['alt+W', press('∑', 'a', 'KeyW'), true],
  ['alt+W', press('w', 'ca'), false],
  ['alt+ArrowLeft', press('ArrowLeft', 'a', 'ArrowLeft'), true],
])('%s and %o', (shortcut, event, is) => {
  expect(isPressed(shortcut, event, false)).toBe(is);
});

test('on a Mac the command key is meant', () => {
  expect(isPressed('mod+K', press('k', 'm'), true)).toBe(true);
  expect(isPressed('mod+K', press('k', 'c'), true)).toBe(false);
});

test('shortcuts read as they are printed on keys', () => {
  expect(shortcutWords('mod+shift+Z', false)).toBe('Ctrl Shift Z');
  expect(shortcutWords('mod+shift+Z', true)).toBe('⌘ ⇧ Z');
  expect(shortcutWords('g d', false)).toBe('G D');
  expect(shortcutWords('alt+ArrowLeft', false)).toBe('Alt ←');
});
