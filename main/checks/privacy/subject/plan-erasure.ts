import type { ErasureStep, SubjectPlaces } from '../../../../preload/contract/privacy.ts';

/** What erasing a person would take, place by place. Nothing is changed. */
export function planErasure({ column, ...places }: SubjectPlaces): ErasureStep[] {
  const steps: ErasureStep[] = [];
  for (const { dataset, version, found, rows, trashed, columns } of places.snapshots) {
    const named = columns.some(({ name }) => name === column);
    const what = `${dataset}@${version}${trashed ? ' (in the trash)' : ''}`;
    if (!named) {
      const others = columns.map(({ name }) => name).join(', ');
      steps.push({
        action: 'look',
        what,
        because: `the value stands in ${others}, which may be another person's`,
      });
    } else if (found === rows || trashed) {
      steps.push({
        action: 'remove',
        what,
        because: trashed ? 'what was deleted already goes for good' : 'every row is this person’s',
      });
    } else {
      const count = found === 1 ? '1 row' : `${found} rows`;
      steps.push({
        action: 'rewrite',
        what,
        because: `${count} of ${rows} would go; the rest becomes a new version`,
      });
    }
  }
  for (const { dataset, version, how } of places.derived) {
    const because = `a ${how} made it of rows of this person, whose row may be in it without the value`;
    steps.push({ action: 'look', what: `${dataset}@${version}`, because });
  }
  for (const { kind, digest } of places.objects)
    steps.push({
      action: 'remove',
      what: `${kind} ${digest.slice(0, 12)}`,
      because: 'the value stands in it',
    });
  for (const { run, goldenRows, parts } of places.runs) {
    const golden = goldenRows > 0 ? `; ${goldenRows} of its golden rows are this person's` : '';
    const held = parts.length > 0 ? `; the value stands in its ${parts.join(', ')}` : '';
    steps.push({
      action: 'train-again',
      what: `run ${run}`,
      because: `it learned from, or was tested on, rows of this person${golden}${held}`,
    });
  }
  for (const { model, version, run } of places.models)
    steps.push({
      action: 'train-again',
      what: `model ${model}@${version}`,
      because: `it is the model of run ${run}`,
    });
  for (const { digest, model, version, direction, withData } of places.bundles) {
    const rows = withData ? 'with the rows' : 'without the rows';
    const way = direction === 'export' ? 'left' : 'came';
    steps.push({
      action: 'recall',
      what: `bundle ${digest.slice(0, 12)}`,
      because: `it ${way} ${rows}, with ${model}@${version}`,
    });
  }
  for (const { table, records } of places.records) {
    const count = records === 1 ? '1 record' : `${records} records`;
    steps.push(
      table === 'journal'
        ? {
            action: 'stays',
            what: `${count} of the journal`,
            because: 'its records are never changed, or it would no longer verify',
          }
        : { action: 'remove', what: `${count} of ${table}`, because: 'the value stands in them' },
    );
  }
  return steps;
}
