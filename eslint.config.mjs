import { readdirSync } from 'node:fs';
import { n8nCommunityNodesPlugin } from '@n8n/eslint-plugin-community-nodes';
import n8nNodesBase from 'eslint-plugin-n8n-nodes-base';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const testSources = ['test/**/*.ts'];
const n8nNodes = { plugins: { 'n8n-nodes-base': n8nNodesBase } };

/** Each library of the package is imported in one place, so that it can be replaced in one place. */
const libraryOwners = {
	'@azure/msal-node': ['core/auth/msalTokens.ts'],
	axios: ['core/http/axiosSend.ts'],
	imapflow: ['core/mail/imap.ts'],
	luxon: ['core/time.ts'],
	mailparser: ['core/mail/mime.ts'],
	'nodemailer/lib/mail-composer': ['core/mail/composeMail.ts'],
	'nodemailer/lib/smtp-connection': ['core/mail/smtp.ts'],
	'nodemailer/lib/xoauth2': ['core/mail/smtp.ts'],
};

const coreKnowsNothingOf = [
	{
		group: ['n8n-workflow', 'n8n-core'],
		message: 'core/ is what Microsoft 365 is and knows nothing of n8n.',
	},
	{
		group: ['**/nodes/**', '**/credentials/**'],
		message: 'core/ knows nothing of the nodes that are made of it.',
	},
];

const neverInThePackage = {
	group: ['**/sandbox/**', '**/test/**'],
	message: 'The package is published without the sandbox and the tests.',
};

const folders = readdirSync(new URL('nodes', import.meta.url), { withFileTypes: true })
	.filter((entry) => entry.isDirectory())
	.map(({ name }) => name);

// A trigger hands over what the node of its service answers; the Graph node tells what all of them need.
const builtOnOtherNodes = ['Trigger', 'Graph'];

const otherNodesThan = (folder) => ({
	group: folders.filter((name) => name !== folder && name !== 'kit').map((name) => `**/${name}/**`),
	caseSensitive: true,
	message: 'A node imports from no other node; what nodes share is in nodes/kit/.',
});

function imports(patterns, importer) {
	const paths = Object.entries(libraryOwners)
		.filter(([, owners]) => !owners.includes(importer))
		.map(([name, owners]) => ({
			name,
			allowTypeImports: true,
			message: `${name} is imported in ${owners.join(' and ')} alone.`,
		}));
	const names = paths.map(({ name }) => name.replaceAll('/', '\\/')).join('|');
	return {
		'@typescript-eslint/no-restricted-imports': ['error', { paths, patterns }],
		'no-restricted-syntax': [
			'error',
			{
				selector: `ImportExpression[source.value=/^(${names})$/], CallExpression[callee.name="require"][arguments.0.value=/^(${names})$/]`,
				message:
					'This library is imported in one place alone: see libraryOwners in eslint.config.mjs.',
			},
		],
	};
}

export default tseslint.config(
	{
		ignores: [
			'node_modules/',
			'dist/',
			'.cache/',
			'.sandbox/',
			'artifacts/',
			'coverage/',
			'jest.config.js',
			'jest.long.config.js',
		],
	},
	{ linterOptions: { reportUnusedDisableDirectives: 'error' } },

	{
		files: ['**/*.ts'],
		extends: [tseslint.configs.recommendedTypeChecked, tseslint.configs.stylisticTypeChecked],
		languageOptions: {
			parserOptions: { project: 'tsconfig.all.json', tsconfigRootDir: import.meta.dirname },
		},
		rules: {
			'@typescript-eslint/no-explicit-any': 'error',
			'@typescript-eslint/no-non-null-assertion': 'error',
			// Its remedy is the `!` that the rule above refuses.
			'@typescript-eslint/non-nullable-type-assertion-style': 'off',
			'@typescript-eslint/consistent-type-imports': 'error',
			'@typescript-eslint/switch-exhaustiveness-check': [
				'error',
				{ considerDefaultExhaustiveForUnions: true },
			],
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
			// T[] for what is simple, ReadonlyArray<A | B> for what is not.
			'@typescript-eslint/array-type': ['error', { default: 'array-simple' }],
			// `[userId: string]: Mailbox` says what the key is; `Record<string, Mailbox>` does not.
			'@typescript-eslint/consistent-indexed-object-style': 'off',
			// An index signature's `row['rows']` is not a known property and may look like it.
			'@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
			// A function of an interface may be async because its siblings are.
			'@typescript-eslint/require-await': 'off',
			// `${count} messages` is meant.
			'@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
			// `||` is right where an empty text, as n8n hands over for a field left blank, means "none".
			'@typescript-eslint/prefer-nullish-coalescing': [
				'error',
				{ ignorePrimitives: { string: true } },
			],
		},
	},
	{
		files: ['**/*.operation.ts'],
		// An operation that needs more is two, or hides something that others could use.
		rules: { 'max-lines': ['error', { max: 150, skipBlankLines: true, skipComments: true }] },
	},

	{ files: ['nodes/**/*.ts', 'credentials/**/*.ts'], rules: imports([neverInThePackage]) },
	...folders.map((folder) => ({
		files: [`nodes/${folder}/**/*.ts`],
		rules: imports([
			...(builtOnOtherNodes.includes(folder) ? [] : [otherNodesThan(folder)]),
			neverInThePackage,
		]),
	})),
	{ files: ['core/**/*.ts'], rules: imports([...coreKnowsNothingOf, neverInThePackage]) },
	...[...new Set(Object.values(libraryOwners).flat())].map((file) => ({
		files: [file],
		rules: imports(
			file.startsWith('core/') ? [...coreKnowsNothingOf, neverInThePackage] : [neverInThePackage],
			file,
		),
	})),

	{
		files: ['nodes/**/*.ts', 'credentials/**/*.ts', 'package.json'],
		extends: [n8nCommunityNodesPlugin.configs.recommended],
		rules: {
			// MSAL (tokens), axios (HTTP) and luxon (dates) are well kept, and own code in their place
			// would be worse. The price, known to us: n8n Cloud takes packages without dependencies only,
			// so the two rules on what n8n Cloud's scanner allows do not apply either.
			'@n8n/community-nodes/no-runtime-dependencies': 'off',
			'@n8n/community-nodes/no-restricted-imports': 'off',
			'@n8n/community-nodes/no-restricted-globals': 'off',
			// Errors stay typed until nodes/kit/errors.ts, which alone turns them into n8n's.
			'@n8n/community-nodes/require-node-api-error': 'off',
		},
	},
	{
		...n8nNodes,
		files: ['credentials/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.credentials.rules,
			// For n8n's own repository, where this is a slug; ours are URLs.
			'n8n-nodes-base/cred-class-field-documentation-url-miscased': 'off',
			// community-nodes/credential-password-field checks the same and knows `accessTokenUrl`.
			'n8n-nodes-base/cred-class-field-type-options-password-missing': 'off',
		},
	},
	{
		...n8nNodes,
		files: ['nodes/**/*.ts'],
		rules: {
			...n8nNodesBase.configs.nodes.rules,
			// They want string literals; community-nodes/node-connection-type-literal wants the enum.
			'n8n-nodes-base/node-class-description-inputs-wrong-regular-node': 'off',
			'n8n-nodes-base/node-class-description-inputs-wrong-trigger-node': 'off',
			'n8n-nodes-base/node-class-description-outputs-wrong': 'off',
			// Graph has page maxima, and a field that allows more than them would lie.
			'n8n-nodes-base/node-param-type-options-max-value-present': 'off',
		},
	},
	{
		files: ['nodes/kit/**/*.ts', 'nodes/Trigger/shared/**/*.ts'],
		// The kit puts fields together from parts; the contract test checks the finished ones.
		rules: { 'n8n-nodes-base/node-param-default-missing': 'off' },
	},
	{
		...n8nNodes,
		files: ['package.json'],
		languageOptions: {
			parser: tseslint.parser,
			parserOptions: { extraFileExtensions: ['.json'] },
		},
		rules: n8nNodesBase.configs.community.rules,
	},

	{
		files: testSources,
		rules: {
			// jest's matchers, such as expect.any(String), are typed `any`.
			'@typescript-eslint/no-unsafe-assignment': 'off',
			// A fake implements a whole interface with empty functions.
			'@typescript-eslint/no-empty-function': 'off',
			// `expect(client.send)` refers to a mock, not to a method that loses its `this`.
			'@typescript-eslint/unbound-method': 'off',
		},
	},
	{
		files: ['**/*.mjs', '*.js'],
		languageOptions: { globals: globals.node },
		rules: {
			'no-undef': 'error',
			'no-unused-vars': 'error',
			'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
		},
	},
);
