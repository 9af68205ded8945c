import { Button, Menu, Popover } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { useCall } from '../../api/facts.ts';
import type { OutputOf } from '../../api/methods.ts';
import { PathInput } from '../../ui/form/path-input.tsx';
import { saveFile } from '../../ui/save-file.ts';
import { ErrorPanel } from '../../ui/state/error-panel.tsx';
import { words } from './words.ts';

interface Props {
  readonly graph: OutputOf<'lineage.show'>;
  readonly id: string | null;
  readonly marked: ReadonlySet<string>;
}

/** What is drawn, as a picture; what is recorded, as events other tools read. */
export function ExportMenu({ graph, id, marked }: Props) {
  const [asking, setAsking] = useState(false);
  const savePicture = async () => {
    const [{ bestLayout }, { svgOf }] = await Promise.all([import('./layout.ts'), import('./svg.ts')]);
    const text = svgOf(graph, bestLayout(graph, 1600, 1000), marked);
    saveFile('lineage.svg', URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })));
  };
  return (
    <Popover
      withRoles={false}
      opened={asking}
      onChange={setAsking}
      width={420}
      position="bottom-end"
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <span>
          <Menu position="bottom-end">
            <Menu.Target>
              <Button leftSection={<Download size={14} aria-hidden />}>{words.export.title}</Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item onClick={() => void savePicture()}>{words.export.svg}</Menu.Item>
              <Menu.Item onClick={() => setAsking(true)}>{words.export.openlineage}</Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </span>
      </Popover.Target>
      <Popover.Dropdown>{asking ? <OpenLineageForm id={id} /> : null}</Popover.Dropdown>
    </Popover>
  );
}

function OpenLineageForm({ id }: { id: string | null }) {
  const [out, setOut] = useState('');
  const write = useCall('lineage.export');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        write.mutate({ out, ...(id === null ? {} : { id }) });
      }}
    >
      <PathInput
        label={words.export.file}
        description={words.export.about}
        what="file"
        value={out}
        placeholder="lineage.ndjson"
        onChange={setOut}
      />
      <Button type="submit" variant="filled" disabled={!out.trim()} loading={write.isPending}>
        {words.export.write}
      </Button>
      {write.data ? (
        <p className="small" role="status">
          {words.export.written(write.data.events, write.data.out)}
        </p>
      ) : null}
      {write.error ? <ErrorPanel error={write.error} what={words.export.what} /> : null}
    </form>
  );
}
