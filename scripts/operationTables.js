// The documentation's tables of operations, made from the operations' definitions.

const cell = (text) => String(text).replaceAll('|', '\\|');
const permission = (name) =>
	name === null
		? '—'
		: name
				.split(' ')
				.map((one) => `\`${one}\``)
				.join(' ');

/**
 * @param nodes `{ displayName, resources }[]`, as each node's resources/index exports them
 * @param features core/availability's `cloudFeatures`
 * @returns the whole page, as Markdown
 */
function operationsPage(nodes, features) {
	const parts = [
		'# Operations and their permissions',
		'',
		'Made from the operations themselves by `npm run docs`; a test fails when it is stale.',
		'',
		"The permission is the least one that Microsoft documents. In somebody else's mailbox or calendar, a",
		'person needs the `.Shared` form of `Mail.…` and `Calendars.…`, and access in Exchange. — means that',
		'Microsoft offers none.',
	];
	for (const { displayName, resources } of nodes) {
		parts.push('', `## ${displayName}`);
		for (const { name, operations } of byName(resources)) {
			parts.push('', `### ${name}`, '');
			parts.push('| Operation | What it does | A person needs | The app needs | Not in |');
			parts.push('| --- | --- | --- | --- | --- |');
			for (const operation of byName(operations)) parts.push(row(operation, features));
		}
	}
	return `${parts.join('\n')}\n`;
}

const cloudNames = {
	Prod: 'Office 365',
	Fairfax: 'US Government L4 and L5',
	Mooncake: 'China',
};

function row({ name, description, permissions, needs }, features) {
	const lacking = needs === undefined ? [] : features[needs].lackedBy;
	const cells = [
		name,
		description,
		permission(permissions.delegated),
		permission(permissions.application),
		lacking.map((cloud) => cloudNames[cloud]).join(', '),
	];
	return `| ${cells.map(cell).join(' | ')} |`;
}

function byName(entries) {
	return [...entries].sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

module.exports = { operationsPage };
