{{/* Names and labels. */}}
{{- define "cloudlark.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "cloudlark.fullname" -}}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "cloudlark.name" .) .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name (include "cloudlark.name" .) | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- define "cloudlark.selector" -}}
app.kubernetes.io/name: {{ include "cloudlark.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "cloudlark.labels" -}}
{{ include "cloudlark.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{- define "cloudlark.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}

{{- define "cloudlark.secret" -}}
{{ .Values.existingSecret | default (include "cloudlark.fullname" .) }}
{{- end }}

{{/* The settings that a pod takes from the Secret; each kind of pod gets only its own. */}}
{{- define "cloudlark.secretEnv" -}}
{{- range .names }}
- name: {{ . }}
  valueFrom:
    secretKeyRef:
      name: {{ include "cloudlark.secret" $.root }}
      key: {{ . }}
      {{- if ne . "CLOUDLARK_DATABASE_URL" }}
      optional: true
      {{- end }}
{{- end }}
{{- end }}

{{/* What every pod has in common: a user without rights, and nothing to write to but memory and its data folder. */}}
{{- define "cloudlark.podSecurity" -}}
automountServiceAccountToken: false
# A Service named cloudlark would else set CLOUDLARK_PORT to an address.
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  seccompProfile:
    type: RuntimeDefault
{{- with .Values.imagePullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{- define "cloudlark.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities:
    drop:
      - ALL
{{- end }}

{{- define "cloudlark.container" -}}
image: {{ include "cloudlark.image" .root }}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
args:
  - run
{{ include "cloudlark.containerSecurity" . }}
ports:
  - name: http
    containerPort: 8765
envFrom:
  - configMapRef:
      name: {{ include "cloudlark.fullname" .root }}
resources:
  {{- toYaml .resources | nindent 2 }}
startupProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 2
  failureThreshold: 60
livenessProbe:
  httpGet:
    path: /healthz
    port: http
  periodSeconds: 15
  timeoutSeconds: 5
  failureThreshold: 4
readinessProbe:
  httpGet:
    path: /readyz
    port: http
  periodSeconds: 5
  timeoutSeconds: 3
lifecycle:
  preStop:
    # Balancers go on sending for a moment after a pod was told to stop.
    sleep:
      seconds: 5
volumeMounts:
  - name: data
    mountPath: /var/lib/cloudlark
  - name: tmp
    mountPath: /tmp
{{- end }}

{{/* Caches only: everything that lasts is in the database. */}}
{{- define "cloudlark.volumes" -}}
- name: data
  emptyDir:
    sizeLimit: 256Mi
- name: tmp
  emptyDir:
    medium: Memory
    sizeLimit: 64Mi
{{- end }}

{{- define "cloudlark.placing" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "cloudlark.selector" .root | nindent 8 }}
        app.kubernetes.io/component: {{ .component }}
{{- with .values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "cloudlark.podMetadata" -}}
labels:
  {{- include "cloudlark.labels" .root | nindent 2 }}
  app.kubernetes.io/component: {{ .component }}
annotations:
  # Pods start anew when what they read at their start has changed.
  checksum/settings: {{ include (print .root.Template.BasePath "/configmap.yaml") .root | sha256sum }}
  checksum/secrets: {{ toJson .root.Values.secrets | sha256sum }}
  {{- with .values.podAnnotations }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end }}
