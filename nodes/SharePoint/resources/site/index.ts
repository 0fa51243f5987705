import { defineResource } from '../../../kit/resource';
import { get } from './get.operation';
import { getRoot } from './getRoot.operation';
import { getSubsites } from './getSubsites.operation';
import { search } from './search.operation';

export const site = defineResource({
	name: 'Site',
	value: 'site',
	description: 'A SharePoint site',
	operations: [get, getRoot, getSubsites, search],
});
