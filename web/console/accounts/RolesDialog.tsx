import { Checkbox, Modal } from 'antd';
import { useState } from 'react';
import type { AccountView, Role } from '../../shared/types.ts';
import { m } from '../messages.ts';
import { roleName } from '../shell/desks.ts';

/** The roles that staff and providers may have; a member's role comes with the person and is not given here. */
export const STAFF_ROLES: readonly Role[] = [
  'service-desk',
  'reviewer',
  'case-manager',
  'provider',
  'laboratory',
  'expert',
  'drug-reviewer',
  'drug-consultant',
  'aid-assistant',
  'car-t-specialist',
  'pharmacist',
  'hospital-staff',
  'settlement-clerk',
  'settlement-approver',
  'complaint-handler',
  'supervisor',
  'operations',
  'plan-administrator',
  'administrator',
  'auditor',
];

type RolesDialogProps = { account: AccountView; onSave: (roles: Role[]) => void; onClose: () => void };

/** Gives and takes roles; a change ends the account's sessions, and that is said before. */
export function RolesDialog({ account, onSave, onClose }: RolesDialogProps) {
  const [roles, setRoles] = useState<Role[]>(account.roles);
  return (
    <Modal
      open
      title={m.console_account_roles_of({ name: account.name })}
      okText={m.save()}
      cancelText={m.cancel()}
      okButtonProps={{ disabled: roles.length === 0 }}
      onOk={() => onSave(roles)}
      onCancel={onClose}
      width={420}
    >
      <p className="meta">{m.console_account_roles_what()}</p>
      <Checkbox.Group
        style={{ display: 'grid', gap: '.3rem', marginTop: '.6rem' }}
        value={roles}
        options={STAFF_ROLES.map((role) => ({ value: role, label: roleName(role) }))}
        onChange={(chosen) => setRoles(chosen as Role[])}
      />
    </Modal>
  );
}
