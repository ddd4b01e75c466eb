// The areas: all of them, or one.
import { route } from '../route';
import './area.css';
import { AreaList } from './list';
import { AreaPage } from './page';

export function Areas() {
  const { code } = route.value;
  return code === null ? <AreaList /> : <AreaPage key={code} code={code} />;
}
