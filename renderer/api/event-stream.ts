/** Takes text as it arrives and gives the data of each server-sent event; comments and other fields are skipped. */
export function createEventParser(onData: (data: string) => void): (text: string) => void {
  let pending = '';
  return (text) => {
    pending += text.replaceAll('\r\n', '\n');
    let end = pending.indexOf('\n\n');
    while (end >= 0) {
      const lines = pending.slice(0, end).split('\n');
      pending = pending.slice(end + 2);
      const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart());
      if (data.length) onData(data.join('\n'));
      end = pending.indexOf('\n\n');
    }
  };
}
