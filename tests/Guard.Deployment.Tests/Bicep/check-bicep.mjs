// node check-bicep.mjs MODULES BICEP [TYPES]
//
// Reads every .bicep and .bicepparam file below BICEP with the grammar that npm keeps (tree-sitter-bicep and
// web-tree-sitter, in MODULES/node_modules) and prints one line for each fault: syntax; descriptions; what is declared and
// never used; parameters and outputs of modules and of parameter files. With TYPES, a clone of
// https://github.com/Azure/bicep-types-az, also each resource's type, API version, property names, required properties and
// literal values. It is no compiler: expressions are not typed. Exit code 1 where there is a fault.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [modules, folder, types] = process.argv.slice(2);
const require = createRequire(path.resolve(modules, 'package.json'));
const Parser = require('web-tree-sitter');
await Parser.init();
const parser = new Parser();
parser.setLanguage(await Parser.Language.load(require.resolve('tree-sitter-bicep/tree-sitter-bicep.wasm')));

let faults = 0;
let resources = 0;
const fault = (file, node, text) => {
  faults++;
  console.log(`${path.relative(folder, file)}:${node.startPosition.row + 1}:${node.startPosition.column + 1}: ${text}`);
};

// --- syntax ------------------------------------------------------------------------------------------------------------

// The grammar knows no parameter files: `param x =` reads as `var x =`, and `using` is dropped.
const sourceOf = file => {
  const text = fs.readFileSync(file, 'utf8');
  return file.endsWith('.bicepparam') ? text.replace(/^using .*$/m, '').replace(/^param (\w+) =/gm, 'var $1 =') : text;
};
const broken = (file, node) => {
  if (node.type === 'ERROR' || node.isMissing) fault(file, node, `not Bicep near ${JSON.stringify(node.text.slice(0, 60))}`);
  else node.children.filter(child => child.hasError || child.isMissing || child.type === 'ERROR').forEach(child => broken(file, child));
};
const files = fs.readdirSync(folder, { recursive: true }).filter(name => /\.bicep(param)?$/.test(name)).sort().map(name => path.join(folder, name));
const trees = new Map(files.map(file => {
  // A parser owns its last tree's memory, so each file keeps a copy.
  const tree = parser.parse(sourceOf(file)).copy();
  if (tree.rootNode.hasError) broken(file, tree.rootNode);
  return [file, tree.rootNode];
}));
if (faults) process.exit(1);

// --- declarations ------------------------------------------------------------------------------------------------------

const identifierOf = node => node.namedChildren.find(child => child.type === 'identifier')?.text;
const stringOf = node => node.type === 'string' && node.namedChildren.every(child => child.type !== 'interpolation') ? node.text.slice(1, -1) : null;
const keyOf = property => { const key = property.namedChild(0); return key.type === 'string' ? stringOf(key) : key.text; };
const valueOf = property => property.namedChild(1);
const descendants = (node, type) => node.descendantsOfType(type);

const declarations = (root, type) => {
  const found = new Map();
  let decorators = '';
  for (const child of root.namedChildren) {
    if (child.type === 'decorators') { decorators = child.text; continue; }
    if (child.type === type) found.set(identifierOf(child), { node: child, decorators });
    if (child.type !== 'comment') decorators = '';
  }
  return found;
};
const descriptionOf = ({ decorators }) => /@description\('((?:[^'\\]|\\.)*)'\)/.exec(decorators)?.[1];

const shapes = new Map();
for (const [file, root] of trees) {
  const parameters = declarations(root, 'parameter_declaration');
  const outputs = declarations(root, 'output_declaration');
  shapes.set(file, { parameters, outputs });
  for (const [name, parameter] of parameters) {
    const text = parameter.node.text.split('\n')[0];
    const wanted = / = /.test(text) ? 'Optional' : /\?$/.test(text) ? 'Optional|Conditional' : 'Required';
    if (!new RegExp(`^(${wanted})\\. .+\\.$`).test(descriptionOf(parameter) ?? '')) fault(file, parameter.node, `the parameter ${name} wants a description that begins with ${wanted.replace('|', ' or ')} and ends with a full stop`);
    if (/ int\b/.test(text) && !/@(minValue|allowed)/.test(parameter.decorators)) fault(file, parameter.node, `the number ${name} has no range`);
  }
  for (const [name, output] of outputs) if (!descriptionOf(output)) fault(file, output.node, `the output ${name} has no description`);
  if (file.endsWith('.bicepparam')) continue;
  const uses = descendants(root, 'identifier').map(node => node.text);
  for (const type of ['parameter_declaration', 'variable_declaration']) {
    for (const [name, declaration] of declarations(root, type)) {
      if (uses.filter(use => use === name).length < 2) fault(file, declaration.node, `${name} is declared and never used`);
    }
  }
}

// --- modules and parameter files ---------------------------------------------------------------------------------------

const isRequired = ({ node }) => !/ = |\?$/.test(node.text.split('\n')[0]);
const bodyOf = declaration => descendants(declaration, 'object')[0];
const compare = (file, node, given, shape, what) => {
  for (const name of given) if (!shape.parameters.has(name)) fault(file, node, `${what} has no parameter ${name}`);
  for (const [name, parameter] of shape.parameters) if (isRequired(parameter) && !given.includes(name)) fault(file, node, `${what} wants the parameter ${name}`);
};
for (const [file, root] of trees) {
  if (file.endsWith('.bicepparam')) {
    const using = /^using '(.+)'/m.exec(fs.readFileSync(file, 'utf8'))?.[1];
    compare(file, root, [...declarations(root, 'variable_declaration').keys()], shapes.get(path.join(path.dirname(file), using)), using);
    continue;
  }
  const called = new Map();
  for (const [name, { node }] of declarations(root, 'module_declaration')) {
    const target = stringOf(node.namedChildren.find(child => child.type === 'string'));
    const shape = shapes.get(path.join(path.dirname(file), target));
    if (!shape) { fault(file, node, `there is no ${target}`); continue; }
    called.set(name, shape);
    const parameters = bodyOf(node).namedChildren.find(property => property.type === 'object_property' && keyOf(property) === 'params');
    compare(file, node, parameters ? valueOf(parameters).namedChildren.map(keyOf) : [], shape, target);
  }
  for (const node of descendants(root, 'member_expression')) {
    const match = /^(\w+)!?\.outputs\.(\w+)$/.exec(node.text);
    if (match && called.has(match[1]) && !called.get(match[1]).outputs.has(match[2])) fault(file, node, `the module ${match[1]} has no output ${match[2]}`);
  }
}

// --- resource types ----------------------------------------------------------------------------------------------------

const loaded = new Map();
const typesOf = (provider, version) => {
  const key = `${provider.toLowerCase()}/${version}`;
  if (!loaded.has(key)) {
    const generated = path.join(types, 'generated');
    loaded.set(key, fs.readdirSync(generated).map(group => path.join(generated, group, key, 'types.json')).filter(file => fs.existsSync(file)).map(file => JSON.parse(fs.readFileSync(file, 'utf8'))));
  }
  return loaded.get(key);
};
const REQUIRED = 1;
const READ_ONLY = 2;
const IDENTIFIER = 8;

// What a variable stands for is compared where it is used.
const variables = new Map([...trees].map(([file, root]) => [file, new Map([...declarations(root, 'variable_declaration')].map(([name, { node }]) => [name, node.namedChildren.at(-1)]))]));
const checkValue = (file, node, all, reference, where) => {
  const type = all[Number(reference.$ref.slice(2))];
  switch (node?.type) {
    case 'object': return checkObject(file, node, all, type, where);
    case 'array': return type.$type === 'ArrayType' ? node.namedChildren.forEach(item => checkValue(file, item, all, type.itemType, `${where}[]`)) : undefined;
    case 'ternary_expression': return node.namedChildren.slice(1).forEach(branch => checkValue(file, branch, all, reference, where));
    case 'for_statement': return type.$type === 'ArrayType' ? checkValue(file, node.namedChildren.at(-1), all, type.itemType, `${where}[]`) : undefined;
    case 'identifier': return checkValue(file, variables.get(file).get(node.text), all, reference, where);
    case 'call_expression': return identifierOf(node) === 'concat' ? node.namedChildren.at(-1).namedChildren.forEach(part => checkValue(file, part, all, reference, where)) : undefined;
    case 'string': return checkText(file, node, all, type, where);
    case 'boolean': return ['BooleanType', 'AnyType', 'UnionType'].includes(type.$type) ? undefined : fault(file, node, `${where} is no boolean`);
    case 'number': return ['IntegerType', 'AnyType', 'UnionType'].includes(type.$type) ? undefined : fault(file, node, `${where} is no number`);
    default: return undefined;
  }
};
// Streams that Azure documents for managed Prometheus and container logs, and that its types leave to the open end.
const alsoKnown = ['Microsoft-PrometheusMetrics', 'Microsoft-ContainerLogV2'];
const checkText = (file, node, all, type, where) => {
  const text = stringOf(node);
  if (['BooleanType', 'IntegerType', 'ObjectType', 'ArrayType'].includes(type.$type)) return fault(file, node, `${where} is no text`);
  const options = type.$type === 'StringLiteralType' ? [type] : type.$type === 'UnionType' ? type.elements.map(element => all[Number(element.$ref.slice(2))]) : [];
  const values = options.map(option => option.value).filter(value => value !== undefined);
  // An open union names the values that Azure knows today beside any text; ours are to be among them.
  if (text !== null && values.length && !values.includes(text) && !alsoKnown.includes(text)) fault(file, node, `${where} is '${text}', and Azure knows ${values.join(', ')}`);
  return undefined;
};
const checkObject = (file, node, all, type, where, ignored = []) => {
  if (type.$type === 'DiscriminatedObjectType') {
    const chosen = node.namedChildren.find(child => child.type === 'object_property' && keyOf(child) === type.discriminator);
    const element = type.elements[chosen ? stringOf(valueOf(chosen)) : ''];
    return element ? checkObject(file, node, all, { ...all[Number(element.$ref.slice(2))], base: type.baseProperties }, where, ignored) : undefined;
  }
  if (type.$type !== 'ObjectType') return type.$type === 'AnyType' ? undefined : fault(file, node, `${where} is no object`);
  const properties = { ...type.base, ...type.properties };
  const given = new Set();
  for (const child of node.namedChildren.filter(property => property.type === 'object_property')) {
    const name = keyOf(child);
    if (name === null || ignored.includes(name) || !valueOf(child)) continue;
    given.add(name);
    const property = properties[name];
    if (property === undefined) {
      if (type.additionalProperties) checkValue(file, valueOf(child), all, type.additionalProperties, `${where}.${name}`);
      else fault(file, child, `${where} has no property ${name}`);
    } else if (property.flags & READ_ONLY && !(property.flags & IDENTIFIER)) fault(file, child, `${where}.${name} can only be read`);
    else checkValue(file, valueOf(child), all, property.type, `${where}.${name}`);
  }
  for (const [name, property] of Object.entries(properties)) {
    if (property.flags & REQUIRED && !(property.flags & READ_ONLY) && !given.has(name)) fault(file, node, `${where} wants ${name}`);
  }
  return undefined;
};

if (types) {
  for (const [file, root] of trees) {
    for (const node of descendants(root, 'resource_declaration')) {
      const reference = stringOf(node.namedChildren.find(child => child.type === 'string'));
      const [name, version] = reference.split('@');
      const all = typesOf(name.split('/')[0], version).find(list => list.some(type => type.$type === 'ResourceType' && type.name.toLowerCase() === reference.toLowerCase()));
      if (!all) { fault(file, node, `Azure publishes no ${reference}`); continue; }
      resources++;
      const exact = all.find(type => type.$type === 'ResourceType' && type.name.toLowerCase() === reference.toLowerCase());
      if (exact.name !== reference) fault(file, node, `write ${exact.name}`);
      if (/^resource \w+ '[^']+' existing /.test(node.text)) continue;
      checkObject(file, bodyOf(node), all, all[Number(exact.body.$ref.slice(2))], name, ['parent', 'scope', 'dependsOn']);
    }
  }
}
console.log(`${files.length} files, ${resources} resources compared with their types, ${faults} faults`);
process.exit(faults ? 1 : 0);
