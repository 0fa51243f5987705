import { defineResource } from '../../../kit/resource';
import { get } from './get.operation';
import { getAll } from './getAll.operation';
import { getDirectReports } from './getDirectReports.operation';
import { getGroups } from './getGroups.operation';
import { getManager } from './getManager.operation';
import { getPhoto } from './getPhoto.operation';

export const user = defineResource({
	name: 'User',
	value: 'user',
	description: 'People of the organization',
	operations: [get, getAll, getDirectReports, getGroups, getManager, getPhoto],
});
