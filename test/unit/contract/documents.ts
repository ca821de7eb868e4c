import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

/** Where the published OpenAPI documents lie beside the repository, on machines that have them. */
const FOLDER = path.resolve(import.meta.dirname, '../../../../shared/spec');

export const SPEC_VERSIONS = ['v2024', 'beta', 'v1'] as const;
export type SpecVersion = (typeof SPEC_VERSIONS)[number];

export const documentsFound = SPEC_VERSIONS.every((version) => existsSync(fileOf(version)));

function fileOf(version: SpecVersion): string {
  return path.join(FOLDER, `isc-${version}.json`);
}

interface Media {
  readonly content?: Readonly<Record<string, unknown>>;
  readonly $ref?: string;
}

interface SpecOperation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly { readonly name?: string; readonly required?: boolean }[];
  readonly 'x-sailpoint-userLevels'?: readonly string[];
  readonly operationId?: string;
  readonly responses: Readonly<Record<string, Media>>;
}

interface Spec {
  readonly paths: Readonly<Record<string, Readonly<Record<string, SpecOperation>>>>;
  readonly components: { readonly responses?: Readonly<Record<string, Media>> };
}

/** Who may call an operation, as documented. */
interface Access {
  /** Absent when the document has no entry of its own. */
  readonly scopes: readonly string[] | undefined;
  readonly levels: readonly string[];
  /** A token without a user will do. */
  readonly app: boolean;
  readonly experimental: boolean;
}

/** One version's document, asked by operation id. */
export interface SpecDocument {
  access(operationId: string): Access | undefined;
  /** What is wrong with an answer; undefined when it is as documented. `text` is the body as it came. */
  problem(operationId: string, status: number, text: string): string | undefined;
}

function escaped(pointer: string): string {
  return encodeURIComponent(pointer.replaceAll('~', '~0').replaceAll('/', '~1'));
}

export function readDocument(version: SpecVersion): SpecDocument {
  const spec = JSON.parse(readFileSync(fileOf(version), 'utf8')) as Spec;
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats(ajv);
  ajv.addSchema(spec, 'isc');

  const find = (operationId: string): { pointer: string; operation: SpecOperation } | undefined => {
    const wanted = version === 'v1' ? `${operationId}V1` : operationId;
    for (const [at, operations] of Object.entries(spec.paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        if (operation.operationId === wanted) return { pointer: `/paths/${escaped(at)}/${method}`, operation };
      }
    }
    return undefined;
  };

  const check = ($ref: string, value: unknown): string | undefined => {
    const validate = ajv.getSchema($ref) ?? ajv.compile({ $ref });
    if (validate(value)) return undefined;
    const [error] = validate.errors ?? [];
    return `${error?.instancePath ?? ''} ${error?.message ?? ''} (${error?.schemaPath ?? ''})`;
  };

  return {
    access(operationId) {
      const operation = find(operationId)?.operation;
      if (!operation) return undefined;
      const { security, parameters = [], 'x-sailpoint-userLevels': levels = [] } = operation;
      const header = parameters.find(({ name }) => name === 'X-SailPoint-Experimental');
      return {
        scopes: security?.flatMap(({ userAuth = [] }) => userAuth),
        levels: levels.filter((level) => level !== 'Any'),
        app: security?.some((one) => 'applicationAuth' in one) ?? false,
        experimental: header?.required === true,
      };
    },
    problem(operationId, status, text) {
      const found = find(operationId);
      if (!found) return `${operationId} is not in the ${version} document`;
      const documented = found.operation.responses[String(status)];
      if (!documented) return `${String(status)} is not documented for ${operationId}`;
      const shared = documented.$ref?.split('/').at(-1);
      const response = shared === undefined ? documented : spec.components.responses?.[shared];
      const schemaAt =
        shared === undefined ? `${found.pointer}/responses/${String(status)}` : `/components/responses/${shared}`;
      const media = Object.keys(response?.content ?? {})[0];
      // Some errors are documented without their body; it is the one all operations share.
      if (media === undefined && status >= 400) {
        return check('isc#/components/responses/400/content/application~1json/schema', JSON.parse(text));
      }
      if (media === undefined) return text === '' ? undefined : 'a body where none is documented';
      if (text === '') return 'no body where one is documented';
      const body = JSON.parse(text) as unknown;
      if (operationId === 'searchPost' && status === 200) {
        // "One of" six kinds of documents, and of three kinds of access, that cannot be told apart by their schemas.
        const documents = (body as readonly object[]).map((document) => ({ ...document, access: [] }));
        const name = version === 'v1' ? 'identitydocuments' : 'IdentityDocuments';
        return documents
          .map((document) => check(`isc#/components/schemas/${name}`, document))
          .find((problem) => problem !== undefined);
      }
      return check(`isc#${schemaAt}/content/${escaped(media)}/schema`, body);
    },
  };
}
