import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['dist', 'out', 'artifacts', '.vscode-test', '.stryker-tmp'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './src/panels/tsconfig.json', './test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'max-lines': ['error', 300],
      'no-restricted-syntax': [
        'error',
        ...[
          'ConditionalExpression[test.right.value=1]',
          'ConditionalExpression[test.left.right.value=1]',
          'ConditionalExpression[test.right.right.value=1]',
          'LogicalExpression[left.right.value=1]',
        ].map((one) => ({
          selector: `${one} > CallExpression[callee.name='t']`,
          message: 'Languages count in other ways: use plural(n, { one: () => t(…), other: () => t(…) }).',
        })),
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    ignores: ['test/waitUntil.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'WhileStatement > ExpressionStatement > AwaitExpression[argument.type="NewExpression"]',
          message: 'Goes on for ever when it never becomes so, and mocha with it: use waitUntil().',
        },
      ],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
      },
    },
  },
);
