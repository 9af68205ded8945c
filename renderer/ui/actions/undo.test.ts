import { expect, test } from 'vitest';
import { createUndoStack } from './undo.ts';

function createEditor() {
  let time = 0;
  let text = '';
  const stack = createUndoStack(() => time);
  return {
    stack,
    text: () => text,
    wait: (ms: number) => void (time += ms),
    write: (next: string, kind?: string) => {
      const before = text;
      text = next;
      stack.add({
        label: `write ${next}`,
        undo: () => (text = before),
        redo: () => (text = next),
        ...(kind ? { kind } : {}),
      });
    },
  };
}

test('steps are taken back and done again in order', () => {
  const { stack, text, write } = createEditor();
  write('a');
  write('ab');
  expect(stack.undoes()).toBe('write ab');
  stack.undo();
  expect([text(), stack.redoes()]).toEqual(['a', 'write ab']);
  stack.undo();
  stack.undo();
  expect([text(), stack.undoes()]).toEqual(['', null]);
  stack.redo();
  stack.redo();
  stack.redo();
  expect([text(), stack.redoes()]).toEqual(['ab', null]);
});

test('a new step ends what could be done again', () => {
  const { stack, text, write } = createEditor();
  write('a');
  stack.undo();
  write('b');
  stack.redo();
  expect([text(), stack.redoes()]).toEqual(['b', null]);
});

test('letters typed in one go are one step; a pause, another field or an undo begins the next', () => {
  const { stack, text, write, wait } = createEditor();
  write('h', 'name');
  wait(200);
  write('ho', 'name');
  wait(2000);
  write('hou', 'name');
  write('hou!', 'seed');
  stack.undo();
  expect(text()).toBe('hou');
  stack.undo();
  expect(text()).toBe('ho');
  stack.undo();
  expect(text()).toBe('');
  stack.redo();
  write('house', 'name');
  stack.undo();
  expect(text()).toBe('ho');
});

test('the oldest of very many steps go', () => {
  const { stack, text, write } = createEditor();
  for (let i = 0; i < 250; i++) write(String(i));
  for (let i = 0; i < 250; i++) stack.undo();
  expect(text()).toBe('49');
});
