// docs/operations.md: every operation and event, with what it needs.
const { byName, madeBy, page, permission, table } = require('./markdown.js');

const cloudNames = {
	Prod: 'Office 365',
	Fairfax: 'US Government L4 and L5',
	Mooncake: 'China',
};

const needTitles = ['A person needs', 'The app needs', 'Not in'];

function operationsPage(definitions) {
	return page([
		'# Operations and their permissions',
		'',
		madeBy('the operations themselves'),
		'',
		"The permission is the least one that Microsoft documents. In somebody else's mailbox or calendar, a",
		'person needs the `.Shared` form of `Mail.…` and `Calendars.…`, and access in Exchange. — means that',
		'Microsoft offers none. The same list by permission: [permissions](permissions.md).',
		...definitions.nodes.flatMap((node) => nodeSection(node, definitions)),
		...eventsSection(definitions),
		...imapTriggerSection(definitions),
	]);
}

function nodeSection({ displayName, resources }, definitions) {
	return [
		'',
		`## ${displayName}`,
		...byName(resources).flatMap(({ name, operations }) => [
			'',
			`### ${name}`,
			'',
			...table(
				['Operation', 'What it does', ...needTitles],
				byName(operations).map((operation) => row(operation, definitions)),
			),
		]),
	];
}

function row({ name, description, permissions, needs }, { cloudFeatures }) {
	const lacking = needs === undefined ? [] : cloudFeatures[needs].lackedBy;
	return [
		name,
		description,
		permission(permissions.delegated),
		permission(permissions.application),
		lacking.map((cloud) => cloudNames[cloud]).join(', '),
	];
}

function eventsSection(definitions) {
	const { events, eventResources } = definitions;
	return [
		'',
		'## Microsoft 365 Trigger and Microsoft 365 Instant Trigger',
		'',
		'_Instant_ says whether the instant trigger has the event, too. Microsoft tells it of files and list items only',
		'where the connection may write them.',
		...Object.entries(eventResources).flatMap(([resource, name]) => [
			'',
			`### Events: ${name}`,
			'',
			...table(
				['Event', 'What starts a run', ...needTitles, 'Instant'],
				byName(events.filter((event) => event.resource === resource)).map((event) => [
					...row(event, definitions),
					event.subscriptions === undefined ? 'no' : 'yes',
				]),
			),
		]),
	];
}

function imapTriggerSection(definitions) {
	const { imapTrigger } = definitions;
	return [
		'',
		`## ${imapTrigger.displayName}`,
		'',
		...table(
			['Event', 'What starts a run', ...needTitles],
			[row({ ...imapTrigger, name: 'Message Received' }, definitions)],
		),
	];
}

module.exports = { operationsPage };
