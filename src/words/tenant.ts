import * as vscode from 'vscode';
import type { Environment, Tenant } from '../tenants/tenant';

const t = vscode.l10n.t;

const WORDS: Readonly<Record<Environment, string>> = {
  production: t('production'),
  sandbox: t('sandbox'),
  development: t('development'),
  other: t('other'),
};

/** The environment as rows, titles and panels say it; the demo tenant says that it is one. */
export function environmentWord({ environment, kind }: Pick<Tenant, 'environment' | 'kind'>): string {
  return kind === 'demo' ? t('demo') : WORDS[environment];
}
