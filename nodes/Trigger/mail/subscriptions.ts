import { path } from '../../../core/graph/path';
import type { SubscriptionWish } from '../event';
import { type Where, watchedFolders } from './where';

/** Basic notifications of Outlook's resources. learn.microsoft.com/graph/api/resources/subscription */
const maxMinutes = 10_080;

/** One subscription a watched folder, or one for the mailbox. */
export function folderSubscriptions(where: Where, changeType: string): SubscriptionWish[] {
	return watchedFolders(where).map((folder) => ({
		resource:
			folder === undefined
				? path`${where.mailbox}/messages`
				: path`${where.mailbox}/mailFolders/${folder}/messages`,
		changeType,
		maxMinutes,
		withLifecycle: true,
		immutableIds: true,
	}));
}
