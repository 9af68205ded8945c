import type { ErasureStep, SubjectPlaces } from '../../../../preload/contract/privacy.ts';

/** What erasing a person takes, place by place. Nothing is changed. */
export function planErasure(places: SubjectPlaces, keepModels = false): ErasureStep[] {
  const stays = new Set(
    places.runs.flatMap(({ run, goesBecause }) => (keepModels && goesBecause === null ? [run] : [])),
  );
  return [
    ...places.snapshots.map((place) => stepOfVersion(place, places.column)),
    ...places.derived.map(stepOfDerived),
    ...places.objects.map(({ kind, digest }) => ({
      action: 'remove' as const,
      what: `${kind} ${digest.slice(0, 12)}`,
      because: 'the value stands in it',
    })),
    ...places.runs.map(({ run, goldenRows, parts, goesBecause }) => {
      if (stays.has(run)) {
        const rows = goldenRows > 0 ? `; ${goldenRows} golden rows of this person go` : '';
        return {
          action: 'keep' as const,
          what: `run ${run}`,
          because: `you keep its model, which learned from or was tested on rows of this person and says so from now on${rows}; should words that only those rows have stand in it, it goes all the same`,
        };
      }
      const asked = keepModels && goesBecause !== null ? `; it can't be kept: ${goesBecause}` : '';
      const golden = goldenRows > 0 ? `; ${goldenRows} of its golden rows are this person's` : '';
      const held = parts.length > 0 ? `; the value stands in its ${parts.join(', ')}` : '';
      return {
        action: 'train-again' as const,
        what: `run ${run}`,
        because: `it learned from, or was tested on, rows of this person${golden}${held}; what it made goes${asked}`,
      };
    }),
    ...places.models.map(({ model, version, run }) => ({
      action: stays.has(run) ? ('keep' as const) : ('train-again' as const),
      what: `model ${model}@${version}`,
      because: stays.has(run)
        ? `it is the model of run ${run}; it stays in its stage, with a mark`
        : `it is the model of run ${run}; its record is archived`,
    })),
    ...places.folders.map((folder) => ({
      action: 'remove' as const,
      what: `bundle folder ${folder}`,
      because: 'it lies in the workspace, with such a model or with the value',
    })),
    ...places.bundles.map(({ digest, model, version, direction, withData }) => {
      const rows = withData ? 'with the rows' : 'without the rows';
      const way = direction === 'export' ? 'left' : 'came';
      return {
        action: 'recall' as const,
        what: `bundle ${digest.slice(0, 12)}`,
        because: `it ${way} ${rows}, with ${model}@${version}`,
      };
    }),
    ...places.records.map(stepOfRecords),
    ...places.files.map((file) => ({
      action: 'look' as const,
      what: `file ${file}`,
      because: 'the value stands in it; it is your own, and stays',
    })),
  ];
}

function stepOfVersion(
  { dataset, version, found, goes, rows, trashed, columns }: SubjectPlaces['snapshots'][number],
  column: string,
): ErasureStep {
  const what = `${dataset}@${version}${trashed ? ' (in the trash)' : ''}`;
  const mentions = columns.reduce((sum, one) => sum + one.mentions, 0);
  const others = columns.filter(({ name }) => name !== column).map(({ name }) => name);
  if (goes === 0 && mentions === 0) {
    const because = `the value stands in ${others.join(', ')}, which may be another person's; it stays`;
    return { action: 'look', what, because };
  }
  if (trashed) return { action: 'remove', what, because: 'what was deleted already goes for good' };
  if (goes === rows) return { action: 'remove', what, because: 'every row is this person’s' };
  const count = goes === 1 ? '1 row' : `${goes} rows`;
  const where =
    others.length > 0 ? `; the value stands in ${columns.map(({ name }) => name).join(', ')}` : '';
  const words = mentions > 0 ? `; ${mentions} mentions in longer texts are blanked` : '';
  const left = found > goes ? `; ${found - goes} rows with the same number in another column stay` : '';
  return {
    action: 'rewrite',
    what,
    because: `${count} of ${rows} would go; the rest becomes the version's new snapshot${where}${words}${left}`,
  };
}

function stepOfDerived({ dataset, version, how, rows, kept }: SubjectPlaces['derived'][number]): ErasureStep {
  const what = `${dataset}@${version}`;
  if (rows !== null) {
    const count = rows === 1 ? '1 row' : `${rows} rows`;
    return { action: 'rewrite', what, because: `a ${how} made it, row by row: the same ${count} would go` };
  }
  const because = `a ${how} made it of rows of this person, whose row may be in it without the value`;
  return kept
    ? { action: 'look', what, because: `${because}; you keep it` }
    : { action: 'remove', what, because: `${because}; \`--keep ${what}\` keeps it` };
}

function stepOfRecords({ table, records }: SubjectPlaces['records'][number]): ErasureStep {
  const count = records === 1 ? '1 record' : `${records} records`;
  if (table === 'jobs')
    return { action: 'remove', what: `${count} of jobs`, because: 'the value stands there' };
  const because =
    table === 'journal'
      ? 'the value is blanked in their words; their hashes stay, and a later record vouches for them'
      : 'the value is blanked in their words; names stay';
  return { action: 'blank', what: `${count} of ${table === 'journal' ? 'the journal' : table}`, because };
}
