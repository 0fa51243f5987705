import { allowedName } from '../../core/drive/names';
import { toggle } from '../kit/fields/values';
import { checkName } from '../kit/drive/itemField';

export const cleanNameField = toggle('cleanName', {
	displayName: 'Correct the Name',
	description:
		'Whether to replace what OneDrive does not allow in names, such as : or ?, instead of failing',
});

/** @throws {ParameterError} with a name that is allowed, unless it may be mended */
export function usableName(name: string, label: string, mend: boolean): string {
	return mend ? allowedName(name) : checkName(name.trim(), label);
}

/** A new name that may be left out. */
export const asTarget = (name: string, label: string): string =>
	name.trim() === '' ? '' : checkName(name.trim(), label);
