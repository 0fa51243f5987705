import type { ItemAddress } from '../../../core/drive/itemAddress';
import { ParameterError } from '../../kit/field';

/** The top is what an empty form means; Graph would refuse it too, in words about something else. */
export function refuseRoot(item: ItemAddress, what: string): void {
	if (!item.isRoot) return;
	throw new ParameterError(
		'Folder',
		`is the top of the drive, which can't be ${what}`,
		'Enter the path of a folder in it.',
	);
}
