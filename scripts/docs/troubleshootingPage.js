// docs/troubleshooting.md: one section a cause, found by what is on the screen and by code.
const { madeBy, page, table } = require('./markdown.js');

const fixers = {
	user: 'You, in n8n',
	admin: 'An admin of your Microsoft 365',
	maker: 'Whoever runs n8n or registered the app in Entra',
};

function troubleshootingPage({ troubleAreas, troubleshooting }) {
	const areas = troubleAreas
		.map(({ area, title }) => ({
			title,
			troubles: merged(troubleshooting.filter((trouble) => trouble.area === area)),
		}))
		.filter(({ troubles }) => troubles.length > 0);
	return page([
		'# Troubleshooting',
		'',
		madeBy("the package's table of errors"),
		'',
		'Look for the message that you see, or for the [code](#by-code) beside it. The link at the end of each error leads',
		'to its section here. If you have a connection at all, start with _Connection > Check_ of the node **Microsoft 365',
		'Graph**: it says what the connection may do, what is missing, and who can grant it.',
		'',
		'## By what you see',
		...areas.flatMap(({ title, troubles }) => ['', `**${title}**`, '', ...troubles.map(linkTo)]),
		'',
		'## By code',
		'',
		...table(['Code', 'What it means'], codeRows(troubleshooting)),
		...areas.flatMap(({ title, troubles }) => [
			'',
			`## ${title}`,
			...troubles.flatMap((trouble) => section(trouble)),
		]),
	]);
}

/** Microsoft has several codes for some causes: one section with all of their anchors. */
function merged(troubles) {
	const sections = new Map();
	for (const { anchor, codes, ...trouble } of troubles) {
		const cause = JSON.stringify(trouble);
		const { anchors = [], codes: others = [] } = sections.get(cause) ?? {};
		sections.set(cause, {
			...trouble,
			anchors: [...anchors, anchor],
			codes: [...others, ...codes],
		});
	}
	return [...sections.values()];
}

/** What people search for first: Microsoft's own words on the screen, where it shows no code. */
const seen = ({ screen, message }) => (screen === undefined ? message : `“${screen}”: ${message}`);

const linkTo = (trouble) => `- [${seen(trouble)}](#${trouble.anchors[0]})`;

function codeRows(troubleshooting) {
	return troubleshooting
		.flatMap((trouble) => trouble.codes.map((code) => ({ code, trouble })))
		.filter(({ code }) => code !== '…')
		.sort((a, b) => a.code.localeCompare(b.code, 'en', { numeric: true }))
		.map(({ code, trouble }) => [`\`${code}\``, `[${trouble.message}](#${trouble.anchor})`]);
}

function section({ anchors, codes, message, screen, cause, nextStep, whoCanFix }) {
	const shown = codes.filter((code) => code !== '…').map((code) => `\`${code}\``);
	const screens = screen === undefined ? [] : [`“${screen}”`];
	return [
		'',
		...anchors.map((anchor) => `<a id="${anchor}"></a>`),
		'',
		`### ${message}`,
		'',
		...(shown.length === 0 ? [] : [`- **Shown as:** ${[...screens, ...shown].join(', ')}`]),
		...(cause === undefined ? [] : [`- **Why:** ${cause}`]),
		`- **What to do:** ${nextStep}`,
		`- **Who can do it:** ${fixers[whoCanFix]}`,
	];
}

module.exports = { troubleshootingPage };
