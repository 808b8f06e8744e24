import type { Language } from '#server/platform/problem.ts';

/** Why a file is not taken, in words that say what to do. */
const words = {
  'no-file': ['没有收到文件。请选择一个文件后再提交。', 'No file arrived. Choose a file and send it again.'],
  'fields-first': ['请把 personId 和 kind 放在文件之前。', 'Put personId and kind before the file.'],
  'two-files': ['一次只能上传一个文件。', 'Send one file at a time.'],
  empty: ['文件是空的。请重新选择文件。', 'The file is empty. Choose it again.'],
  'unknown-kind': ['计划中没有这种材料。', 'No plan of this person knows this kind of paper.'],
  'unknown-type': [
    '只接受 JPG、PNG 图片或 PDF 文件；影像请打成 ZIP 压缩包。',
    'Only JPG, PNG and PDF files are accepted, images as a ZIP archive.',
  ],
  'not-what-it-says': [
    '文件内容与其名称或类型不符。请上传原始文件。',
    'The file is not what its name or type says. Send the original.',
  ],
  format: ['这种材料不接受该文件格式。', 'This kind of paper is not accepted in this format.'],
  bytes: ['文件太大。请缩小后再上传。', 'The file is too large. Make it smaller and send it again.'],
  pages: ['页数太多。请拆分后上传。', 'The file has too many pages. Split it.'],
  'broken-image': ['图片无法打开，可能已损坏。请重新拍照上传。', 'The image cannot be opened. Take it again.'],
  'huge-image': ['图片的像素过多。请缩小后再上传。', 'The image has too many pixels. Make it smaller.'],
  'broken-pdf': ['PDF 无法打开，可能已损坏。请重新导出后上传。', 'The PDF cannot be opened. Export it again.'],
  'locked-pdf': ['PDF 设有密码。请去掉密码后上传。', 'The PDF asks for a password. Send it without one.'],
  'broken-archive': ['压缩包无法打开，可能已损坏。请重新打包后上传。', 'The archive cannot be opened. Pack it again.'],
  'archive-locked': ['压缩包设有密码。请去掉密码后上传。', 'The archive asks for a password. Send it without one.'],
  'archive-entries': [
    '压缩包里的文件超过 2000 个。请按检查分开打包。',
    'The archive holds more than 2,000 files. Pack each study by itself.',
  ],
  'archive-size': [
    '压缩包解开后超过 2 GB。请按检查分开打包。',
    'The archive unpacks to more than 2 GB. Pack each study by itself.',
  ],
  'archive-path': [
    '压缩包里有指向包外的文件路径，不能接收。请重新打包影像文件夹。',
    'The archive names a path outside itself. Pack the folder of images again.',
  ],
  'archive-nested': [
    '压缩包里还有压缩包。请先解开，再把影像直接打包。',
    'There is an archive inside the archive. Unpack it and pack the images themselves.',
  ],
  'archive-empty': [
    '压缩包里没有影像。请打包 DICOM 影像文件。',
    'There is no image in the archive. Pack the DICOM files.',
  ],
  'broken-dicom': [
    '压缩包里有文件不是 DICOM 影像，或影像文件头已损坏。请只打包影像文件夹里的文件，或请医院重新导出。',
    'A file in the archive is no DICOM image, or its header is broken. Pack only the images, or have the hospital export them again.',
  ],
  'cut-short': ['上传没有完成。请再试一次。', 'The upload was cut short. Try again.'],
  'not-serving': ['这份材料不能用于该项要求。', 'This paper cannot serve as this kind.'],
  'reason-needed': ['退回材料时请写明原因。', 'Say why when rejecting a paper.'],
} as const satisfies Record<string, readonly [zh: string, en: string]>;

export type PaperFault = keyof typeof words;

/** The same in both languages, where the caller's is not known. */
export const paperWordsInBoth = (fault: PaperFault): Record<Language, string> => ({
  zh: words[fault][0],
  en: words[fault][1],
});

export const paperWords = (fault: PaperFault, language: Language): string => words[fault][language === 'zh' ? 0 : 1];
