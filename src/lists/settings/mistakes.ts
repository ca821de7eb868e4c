/** What is wrong with the lists of a settings file, at the very characters. Pure. */
import { findNodeAtLocation, getNodeValue, parseTree, type Node } from 'jsonc-parser';
import { readSavedLists } from '../savedLists';
import type { ListProblem } from '../list';
import { toLiteralOffset } from './jsonStringOffsets';
import { listsPath, type SettingsKind } from './settingsFile';

export interface TextMistake {
  readonly offset: number;
  readonly length: number;
  readonly message: string;
}

/** The mistakes of all lists, one each. What the JSON schema of the setting can say is left to it. */
export function mistakesIn(text: string, kind: SettingsKind): readonly TextMistake[] {
  const root = parseTree(text, [], { allowTrailingComma: true });
  const lists = root && findNodeAtLocation(root, [...listsPath(kind)]);
  if (!lists) return [];
  return readSavedLists(getNodeValue(lists), 'user').flatMap(({ list: list }, index) => {
    const node = lists.children?.[index];
    return list.problem && node ? mistakeAt(text, node, list.problem) : [];
  });
}

/** Where a list of a settings file stands, by its place in the list; undefined when it is not there. */
export function entryAt(text: string, kind: SettingsKind, index: number): number | undefined {
  const root = parseTree(text, [], { allowTrailingComma: true });
  return root && findNodeAtLocation(root, [...listsPath(kind), index])?.offset;
}

function mistakeAt(text: string, list: Node, problem: ListProblem): TextMistake[] {
  const { part, key, position, length = 0, message } = problem;
  if (part === 'list') {
    // What the schema of the setting says is left to it; that nobody is said is not of that kind.
    return key === undefined && list.type === 'object' ? [{ offset: list.offset, length: list.length, message }] : [];
  }
  const node = findNodeAtLocation(list, [part]);
  if (!node) return [];
  const literal = text.slice(node.offset, node.offset + node.length);
  if (position === undefined) return [{ offset: node.offset, length: node.length, message }];
  const from = toLiteralOffset(literal, position);
  // What ends too early is marked where more should stand.
  const to = Math.max(from + 1, toLiteralOffset(literal, position + length));
  return [{ offset: node.offset + from, length: to - from, message }];
}
