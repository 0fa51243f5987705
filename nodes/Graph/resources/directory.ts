import type { Resource } from '../../kit/resource';
import { group } from './group';
import { user } from './user';

/** What has permissions of its own; requests and questions about the connection have none. */
export const directoryResources: readonly Resource[] = [user, group];
