/** What is wrong with the views of a settings file, at the very characters. Pure. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node } from 'jsonc-parser';
import { readSavedLists } from '../savedLists';
import type { ListProblem } from '../list';
import { toLiteralOffset } from './jsonStringOffsets';
import { viewsPath, type SettingsKind } from './settingsFile';

export interface TextMistake {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** The mistakes of all views, one each. What the JSON schema of the setting can say is left to it. */
export function mistakesIn(text: string, kind: SettingsKind): readonly TextMistake[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const views = root && findNodeAtLocation(root, [...viewsPath(kind)]);
  if (!views) return [];
  return readSavedLists(getNodeValue(views), 'user').flatMap(({ view }, index) => {
    const node = views.children?.[index];
    return view.problem && node ? mistakeAt(text, node, view.problem) : [];
  });
}

/** Where a view of a settings file stands, by its place in the list; undefined when it is not there. */
export function viewAt(text: string, kind: SettingsKind, index: number): number | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, [...viewsPath(kind), index])?.offset;
}

function mistakeAt(text: string, view: Node, problem: ListProblem): TextMistake[] {
  const { part, key, position, length = 0, message } = problem;
  if (part === 'view') {
    // What the schema of the setting says is left to it; that nobody is said is not of that kind.
    return key === undefined && view.type === 'object' ? [{ offset: view.offset, length: view.length, message }] : [];
  }
  const node = findNodeAtLocation(view, [part]);
  if (!node) return [];
  const literal = text.slice(node.offset, node.offset + node.length);
  if (position === undefined) return [{ offset: node.offset, length: node.length, message }];
  const from = toLiteralOffset(literal, position);
  // What ends too early is marked where more should stand.
  const to = Math.max(from + 1, toLiteralOffset(literal, position + length));
  return [{ offset: node.offset + from, length: to - from, message }];
}
