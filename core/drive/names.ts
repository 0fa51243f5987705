/** Characters, decoded, that OneDrive and SharePoint allow for one name and for a whole path. */
export const maxNameLength = 255;
export const maxPathLength = 400;

const FORBIDDEN = /["*:<>?/\\|]/g;

const CONTROL = /[\u0000-\u001f\u007f]/;
const RESERVED = /^(con|prn|aux|nul|com\d|lpt\d|desktop\.ini|\.lock)$/i;

export interface NameProblem {
	/** Completes `"name" …`. */
	readonly problem: string;
	/** A name that is allowed. */
	readonly suggestion: string;
}

/**
 * Why OneDrive and SharePoint would refuse a name, if they would. Known before sending, because
 * some of these characters make Graph take the request for another one.
 * support.microsoft.com: "Restrictions and limitations in OneDrive and SharePoint"
 */
export function nameProblem(name: string): NameProblem | undefined {
	const problem = problemOf(name);
	return problem === undefined ? undefined : { problem, suggestion: allowedName(name) };
}

function problemOf(name: string): string | undefined {
	if (name === '') return 'is empty';
	const forbidden = [...new Set(name.match(FORBIDDEN) ?? [])];
	if (forbidden.length > 0) {
		return `contains ${forbidden.join(' ')}, which OneDrive and SharePoint don't allow in names`;
	}
	if (CONTROL.test(name)) return 'contains a line break, tab or other control character';
	if (name !== name.trim()) return 'begins or ends with a space';
	if (name.endsWith('.')) return 'ends with a dot';
	if (RESERVED.test(name)) return 'is reserved by Windows or SharePoint';
	if (name.startsWith('~$')) return 'begins with ~$, as only the temporary files of Office may';
	if (/_vti_/i.test(name)) return 'contains _vti_, which SharePoint keeps for itself';
	if (name.length > maxNameLength) {
		return `has ${name.length} characters; a name has ${maxNameLength} at most`;
	}
	return undefined;
}

/** The nearest name that is allowed; keeps the extension. */
export function allowedName(name: string): string {
	let allowed = name
		.replaceAll(FORBIDDEN, '-')
		.replaceAll(new RegExp(CONTROL, 'g'), ' ')
		.replaceAll(/_vti_/gi, '-vti-')
		.replace(/^(\s|~\$)+/, '')
		.replace(/[\s.]+$/, '');
	if (allowed.length > maxNameLength) {
		const extension = /\.[^.]{1,20}$/.exec(allowed)?.[0] ?? '';
		allowed = allowed.slice(0, maxNameLength - extension.length).trimEnd() + extension;
	}
	if (allowed === '') return 'unnamed';
	return RESERVED.test(allowed) ? `_${allowed}` : allowed;
}

/** `/Invoices//2026/` has the names `Invoices` and `2026`. */
export function namesOfPath(itemPath: string): string[] {
	return itemPath.split('/').filter((name) => name !== '');
}
