// docs/permissions.md: from a feature to its permissions, and from a permission to its features.
const { codes, madeBy, page, table } = require('./markdown.js');
const { allUses, usesList } = require('./uses.js');

const names = (permissions) => (permissions ?? '').split(' ').filter(Boolean);

function permissionsPage(definitions) {
	const uses = allUses(definitions).filter(
		({ permissions }) =>
			names(permissions.delegated).length + names(permissions.application).length > 0,
	);
	return page([
		'# Permissions by feature',
		'',
		madeBy('the definitions of the credentials and operations'),
		'',
		'What a connection has to be allowed, from three sides: by what you [choose in the credential](#permissions),',
		'by the [services](#also-allow) that you switch on, and by the [permission](#by-permission) itself. How they are',
		'granted: [admin guide](admin-guide.md#consent). For single operations: [operations](operations.md). The node',
		'Microsoft 365 Graph answers the same for your choice of operations with _Connection > Get Permissions_, and with',
		'_Connection > Check_ what your connection has.',
		'',
		'_Connection_ and _Request_ of that node need no permission of their own.',
		...presetsSection(definitions, uses),
		...servicesSection(definitions, uses),
		...customSection(definitions, uses),
		...mailSection(definitions),
		...permissionSections(definitions, uses),
	]);
}

/** What a person's connection with these scopes can do; access to the mailbox or site presumed. */
function possible({ missingPermissions, requiredScopes }, scopes, uses) {
	const granted = [...scopes, ...requiredScopes];
	return uses.filter(
		({ permissions: { delegated } }) =>
			names(delegated).length > 0 &&
			missingPermissions(delegated, granted, 'delegated').length === 0,
	);
}

function presetsSection(definitions, uses) {
	const { permissionPresets, requiredScopes } = definitions;
	return [
		'',
		'## Permissions',
		'',
		'The field _Permissions_ of the credential **Microsoft 365 OAuth2 API**. Each choice asks for what is listed here',
		`and for what every connection needs: ${codes(requiredScopes.join(' '))} \`openid\` \`profile\` \`email\`.`,
		...Object.values(permissionPresets).flatMap(({ name, description, scopes }) => [
			'',
			`### ${name}`,
			'',
			`${description.replace(/\.$/, '')}.`,
			...(scopes.length === 0 ? [] : ['', `Asks for: ${codes(scopes.join(' '))}`]),
			...possibleLines(possible(definitions, scopes, uses), uses),
		]),
	];
}

const possibleLines = (some, all) =>
	some.length === 0 ? [] : ['', 'Possible with it:', '', ...usesList(some, all)];

function servicesSection(definitions, uses) {
	return [
		'',
		'## Also Allow',
		'',
		'Services of the same credential that are switched on one by one. With a preset for reading only, the permission',
		'is the one for reading.',
		...Object.values(definitions.services).flatMap(
			({ name, description, scopes, readOnlyScopes }) => [
				'',
				`### ${name}`,
				'',
				`${description}.`,
				'',
				...table(
					['', 'Asks for', 'Who can agree'],
					[
						['To read and write', codes(scopes.join(' ')), granter(definitions, scopes)],
						['To read', codes(readOnlyScopes.join(' ')), granter(definitions, readOnlyScopes)],
					],
				),
				...possibleLines(possible(definitions, scopes, uses), uses),
			],
		),
	];
}

const granter = ({ whoCanGrant }, scopes) =>
	scopes.some((scope) => whoCanGrant(scope, 'delegated') === 'admin')
		? 'an admin'
		: 'the person, if the tenant lets people agree';

/** What neither a preset nor a service asks for. */
function customSection(definitions, uses) {
	const { permissionPresets, services, missingPermissions } = definitions;
	const asked = [...Object.values(permissionPresets), ...Object.values(services)].flatMap(
		({ scopes }) => scopes,
	);
	const covered = new Set(possible(definitions, asked, uses));
	const rest = uses.filter(
		(use) =>
			!covered.has(use) &&
			names(use.permissions.delegated).length > 0 &&
			!isOfMail(use, definitions),
	);
	const lacked = new Set(
		rest.flatMap(({ permissions }) =>
			missingPermissions(permissions.delegated, asked, 'delegated'),
		),
	);
	if (rest.length === 0) return [];
	return [
		'',
		'## Custom List',
		'',
		`Some operations need a permission that nothing above asks for: ${codes([...lacked].sort().join(' '))}. Choose`,
		'_Custom List_ under _Permissions_ and enter all that the connection is to have.',
		'',
		...usesList(rest, uses),
	];
}

const isOfMail = ({ permissions }, { mailPurposes }) =>
	Object.values(mailPurposes).some(({ scopes }) => scopes.includes(permissions.delegated));

function mailSection({ mailPurposes }) {
	return [
		'',
		'## IMAP and SMTP',
		'',
		'The field _Purpose_ of the credential **Microsoft 365 Mail (IMAP and SMTP) OAuth2 API**. These permissions are',
		"Exchange's, not Graph's.",
		'',
		...table(
			['Purpose', 'Asks for'],
			Object.values(mailPurposes).map(({ name, scopes }) => [name, codes(scopes.join(' '))]),
		),
	];
}

function permissionSections(definitions, uses) {
	const all = uses.flatMap(({ permissions: { delegated, application } }) => [
		...names(delegated),
		...names(application),
	]);
	const sorted = [...new Set(all)].sort((a, b) => a.localeCompare(b, 'en'));
	return [
		'',
		'## By permission',
		'',
		'Which operations need it, as the least that does. A permission that includes it serves as well: `Mail.ReadWrite`',
		'includes `Mail.Read`.',
		...sorted.flatMap((name) => permissionSection(name, definitions, uses)),
	];
}

function permissionSection(name, definitions, uses) {
	const { sharedForm, whoCanGrant } = definitions;
	const needing = (identity) =>
		uses.filter(({ permissions }) => names(permissions[identity]).includes(name));
	const delegated = needing('delegated');
	const application = needing('application');
	const shared = sharedForm(name);
	const isForAdmins = delegated.length > 0 && whoCanGrant(name, 'delegated') === 'admin';
	const isSame =
		delegated.length === application.length && delegated.every((use) => application.includes(use));
	const lists = isSame
		? [['A person (delegated) and the app (application) need it for:', delegated]]
		: [
				['A person needs it (delegated) for:', delegated],
				['The app needs it (application) for:', application],
			].filter(([, some]) => some.length > 0);
	return [
		'',
		`### ${name}`,
		...(isForAdmins ? ['', 'Only an admin can agree to it, for a person too.'] : []),
		...lists.flatMap(([title, some]) => ['', title, '', ...usesList(some, uses)]),
		...(shared !== undefined && delegated.length > 0
			? [
					'',
					`In somebody else's mailbox a person needs \`${shared}\` instead, and access in Exchange.`,
				]
			: []),
	];
}

module.exports = { permissionsPage };
