import { fail } from '../../preload/contract/errors.ts';
import type { RunEdit } from '../../preload/contract/training.ts';
import { deletionOf } from '../datasets/index.ts';
import { families, familyById } from '../models/index.ts';
import type { Db, Row } from '../platform/database/index.ts';
import type { ResolvedRecipe } from '../recipes/index.ts';
import type { Workspace } from '../workspaces/index.ts';
import { loadModel, modelObjects } from './load-model.ts';
import { manifestOf } from './reproduce.ts';
import { runRecipe } from './run-details.ts';
import type { RunRow } from './store.ts';

/** A run's recipe with one more edit, and the data it was trained on. */
export interface EditedRecipe {
  readonly recipe: ResolvedRecipe;
  readonly manifest: string;
}

/** Puts an edit after those of the run's recipe. Throws `run-not-editable`, `run-data-missing`, and `family-param` for an edit that its model has no place for. */
export async function withEdit(
  workspace: Workspace,
  row: RunRow,
  edit: RunEdit['edit'],
): Promise<EditedRecipe> {
  const recipe = runRecipe(workspace.db, row);
  const family = familyById(recipe.family);
  const { params } = family;
  if (!('edits' in params.shape)) {
    const able = families.filter((one) => 'edits' in one.params.shape).map(({ id }) => id);
    throw fail('run-not-editable', { run: row.id, family: recipe.family, able });
  }
  const manifest = manifestOf(workspace, row);
  if (manifest === undefined) {
    throw fail('run-data-missing', {
      run: row.id,
      dataset: `${row.dataset}@${row.version}`,
      snapshot: row.snapshot,
      deleted: deletionOf(workspace.db, row.snapshot),
    });
  }
  const before = Array.isArray(recipe.params['edits']) ? (recipe.params['edits'] as unknown[]) : [];
  const edited = params.parse({ ...recipe.params, edits: [...before, edit] });
  const { artifact } = await loadModel(workspace.objects, modelObjects(row));
  family.checkEdit?.(artifact, edited);
  return { recipe: { ...recipe, params: edited }, manifest };
}

interface EditRow extends Row {
  readonly parent: string;
  /** JSON. */
  readonly edit: string;
  readonly why: string;
}

/** Which run this one was edited from; null for one that was trained by itself. */
export function editOf(db: Db, run: string): RunEdit | null {
  const row = db.get<EditRow>('SELECT parent, edit, why FROM run_edits WHERE run = ?', run);
  return row ? { parent: row.parent, edit: JSON.parse(row.edit) as RunEdit['edit'], why: row.why } : null;
}
