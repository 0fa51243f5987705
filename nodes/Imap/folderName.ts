import { ParameterError } from '../kit/field';

/** The whole path of a folder of this name. */
export function pathUnder(
	parentPath: string,
	name: string,
	delimiter: string,
	label: string,
): string {
	const clean = name.trim();
	if (clean.includes(delimiter) || /[\p{Cc}]/u.test(clean)) {
		throw new ParameterError(
			label,
			`has "${delimiter}", which stands between the names of a path`,
			'Enter one name alone, and choose the folder that it is to be in.',
		);
	}
	return parentPath === '' ? clean : `${parentPath}${delimiter}${clean}`;
}
