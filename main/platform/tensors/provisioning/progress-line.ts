/** Where provisioning speaks. `draw` replaces the current line, where there is a screen to draw on. */
export interface Say {
  line(text: string): void;
  readonly draw: ((text: string) => void) | undefined;
}

/** One line that moves on a terminal, and a line each quarter in a log. */
export function createProgressLine(say: Say, label: string): { show(fraction: number): void; end(): void } {
  let quarter = 0;
  let drawn = false;
  return {
    show(fraction) {
      const text = `${label}: ${Math.floor(fraction * 100)} %`;
      if (say.draw) {
        say.draw(text);
        drawn = true;
      } else if (Math.floor(fraction * 4) > quarter) {
        quarter = Math.floor(fraction * 4);
        say.line(text);
      }
    },
    end() {
      if (drawn) say.draw?.('');
    },
  };
}

/** On a stream: the command's own output. */
export function sayTo(stream: NodeJS.WriteStream): Say {
  const clear = stream.isTTY ? '\r\u001B[2K' : '';
  return {
    line: (text) => void stream.write(`${clear}holdfast engines: ${text}\n`),
    draw: stream.isTTY ? (text) => void stream.write(`${clear}${text}`) : undefined,
  };
}
