import { levelsOf, nodeKinds, type Trees } from './trees.ts';

/**
 * LightGBM's text format, version 4 (src/io/tree.cpp, src/boosting/gbdt_model_text.cpp). `decision_type`: bit 0 a set of levels, bit 1
 * missing goes left, bits 2 and 3 what is missing (0 nothing: NaN is read as 0; 1 zero; 2 NaN).
 */
const levelsBit = 1;
const defaultLeftBit = 2;
const missingIsNan = 2;

/** The trees of a model text that LightGBM just wrote in this process. `outputs` trees make an iteration. */
export function parseLightgbm(text: string, outputs: number): Trees {
  const parts = text.split(/^Tree=\d+$/m).slice(1);
  const trees = createForest();
  for (const part of parts) {
    const [body = ''] = part.split(/^end of trees$/m);
    trees.add(
      new Map(
        body.split('\n').flatMap((line): [string, string][] => {
          const at = line.indexOf('=');
          return at < 0 ? [] : [[line.slice(0, at), line.slice(at + 1)]];
        }),
      ),
    );
  }
  return trees.finish(outputs);
}

function createForest() {
  const roots: number[] = [];
  const features: number[] = [];
  const thresholds: number[] = [];
  const kinds: number[] = [];
  const children: number[] = [];
  const values: number[] = [];
  const setStarts: number[] = [0];
  const setWords: number[] = [];
  const nodeRows: number[] = [];
  const leafRows: number[] = [];
  const gains: number[] = [];
  return {
    add(fields: ReadonlyMap<string, string>): void {
      const list = (key: string): number[] =>
        (fields.get(key) ?? '')
          .split(' ')
          .filter((one) => one !== '')
          .map((one) => (one === 'inf' ? Infinity : Number(one)));
      const leaves = Number(fields.get('num_leaves'));
      const node = features.length;
      const leaf = leafRows.length;
      const firstSet = setStarts.length - 1;
      const value = list('leaf_value');
      if (value.length !== leaves || value.some((one) => !Number.isFinite(one)))
        throw new TypeError(`a tree of ${leaves} leaves has ${value.length} values`);
      values.push(...value);
      const rows = list('leaf_count');
      for (let i = 0; i < leaves; i++) leafRows.push(rows[i] ?? 0);
      if (leaves === 1) {
        roots.push(~leaf);
        return;
      }
      roots.push(node);
      const types = list('decision_type');
      const cut = list('threshold');
      const left = list('left_child');
      const right = list('right_child');
      const own = (child: number): number => (child >= 0 ? child + node : ~(~child + leaf));
      list('split_feature').forEach((feature, i) => {
        features.push(feature);
        const type = types[i]!;
        const threshold = cut[i]!;
        const levels = (type & levelsBit) !== 0;
        // "Below infinity" sets the missing apart; numbers are finite here.
        thresholds.push(levels ? threshold + firstSet : Math.min(threshold, Number.MAX_VALUE));
        kinds.push(
          levels
            ? nodeKinds.levels
            : missingLeft(type, threshold)
              ? nodeKinds.numberMissingLeft
              : nodeKinds.numberMissingRight,
        );
        children.push(own(left[i]!), own(right[i]!));
      });
      nodeRows.push(...list('internal_count'));
      gains.push(...list('split_gain'));
      const offset = setWords.length;
      setWords.push(...list('cat_threshold').map((word) => word | 0));
      setStarts.push(
        ...list('cat_boundaries')
          .slice(1)
          .map((boundary) => boundary + offset),
      );
    },
    finish: (outputs: number): Trees => ({
      outputs,
      leafWidth: 1,
      roots: Int32Array.from(roots),
      features: Int32Array.from(features),
      thresholds: Float64Array.from(thresholds),
      kinds: Int32Array.from(kinds),
      children: Int32Array.from(children),
      values: Float64Array.from(values),
      setStarts: Int32Array.from(setStarts),
      setWords: Int32Array.from(setWords),
      nodeRows: Int32Array.from(nodeRows),
      leafRows: Int32Array.from(leafRows),
      gains: Float64Array.from(gains),
    }),
  };
}

function missingLeft(type: number, threshold: number): boolean {
  if (((type >> 2) & 3) === missingIsNan) return (type & defaultLeftBit) !== 0;
  // Training saw no gap here, and LightGBM reads one as 0.
  return threshold >= 0;
}

/** Trees as a model text, for LightGBM to compute with; its scores are sums of leaves, without link and divisor. */
export function writeLightgbm(trees: Trees, features: number): string {
  const { outputs, leafWidth } = trees;
  const names = Array.from({ length: features }, (_, i) => `Column_${i}`).join(' ');
  const head = [
    'tree',
    'version=v4',
    `num_class=${outputs}`,
    `num_tree_per_iteration=${outputs}`,
    'label_index=0',
    `max_feature_idx=${features - 1}`,
    'objective=custom',
    `feature_names=${names}`,
    `feature_infos=${names.replaceAll(/\S+/g, '[-inf:inf]')}`,
    '',
    '',
  ];
  let count = 0;
  const bodies: string[] = [];
  for (const root of trees.roots) {
    for (let k = 0; k < leafWidth; k++) bodies.push(treeText(trees, root, k, count++));
  }
  return `${head.join('\n')}${bodies.join('')}end of trees\n\nparameters:\nend of parameters\n`;
}

function rowsOf(list: Int32Array, of: readonly number[]): string {
  return of.map((at) => list[at]).join(' ');
}

function treeText(trees: Trees, root: number, output: number, index: number): string {
  const nodes: number[] = [];
  const leaves: number[] = [];
  const idOf = new Map<number, number>();
  const waiting = [root];
  for (let child = waiting.pop(); child !== undefined; child = waiting.pop()) {
    if (child < 0) {
      idOf.set(child, ~leaves.length);
      leaves.push(~child);
    } else {
      idOf.set(child, nodes.length);
      nodes.push(child);
      waiting.push(trees.children[2 * child + 1]!, trees.children[2 * child]!);
    }
  }
  const boundaries = [0];
  const words: number[] = [];
  const cuts = nodes.map((node) => {
    if (trees.kinds[node] !== nodeKinds.levels) return trees.thresholds[node]!;
    const levels = levelsOf(trees, node);
    const own = new Uint32Array(((levels.at(-1) ?? 0) >> 5) + 1);
    for (const level of levels) own[level >> 5] = (own[level >> 5]! | (1 << (level & 31))) >>> 0;
    words.push(...own);
    boundaries.push(words.length);
    return boundaries.length - 2;
  });
  const child = (side: number) =>
    nodes.map((node) => idOf.get(trees.children[2 * node + side]!) ?? 0).join(' ');
  const typeOf = {
    0: missingIsNan << 2,
    1: levelsBit | (missingIsNan << 2),
    2: defaultLeftBit | (missingIsNan << 2),
  };
  const lines = [`Tree=${index}`, `num_leaves=${leaves.length}`, `num_cat=${boundaries.length - 1}`];
  if (nodes.length > 0) {
    lines.push(
      `split_feature=${rowsOf(trees.features, nodes)}`,
      `split_gain=${nodes.map((node) => trees.gains[node]).join(' ')}`,
      `threshold=${cuts.join(' ')}`,
      `decision_type=${nodes.map((node) => typeOf[trees.kinds[node] === 1 ? 1 : trees.kinds[node] === 2 ? 2 : 0]).join(' ')}`,
      `left_child=${child(0)}`,
      `right_child=${child(1)}`,
    );
  }
  lines.push(
    `leaf_value=${leaves.map((leaf) => trees.values[leaf * trees.leafWidth + output]).join(' ')}`,
    `leaf_weight=${rowsOf(trees.leafRows, leaves)}`,
    `leaf_count=${rowsOf(trees.leafRows, leaves)}`,
  );
  if (nodes.length > 0) {
    lines.push(
      `internal_value=${nodes.map(() => 0).join(' ')}`,
      `internal_weight=${rowsOf(trees.nodeRows, nodes)}`,
      `internal_count=${rowsOf(trees.nodeRows, nodes)}`,
    );
    if (words.length > 0)
      lines.push(`cat_boundaries=${boundaries.join(' ')}`, `cat_threshold=${words.join(' ')}`);
  }
  lines.push('is_linear=0', 'shrinkage=1', '', '', '');
  return lines.join('\n');
}
