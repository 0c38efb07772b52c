import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('core', '0004_drafts_of_a_page'),
        ('participants', '0046_outcomes'),
        ('projects', '0013_support_of_another_kind'),
    ]

    operations = [
        migrations.AlterField(
            model_name='misplacement',
            name='what',
            field=models.CharField(choices=[('meeting', 'Ett möte'), ('assessment', 'En kartläggning'), ('plan', 'En plan'), ('placement', 'En placering'), ('sick_listing', 'En sjukskrivning'), ('employment', 'En anställning'), ('livelihood', 'En uppgift om försörjning'), ('outcome', 'Ett utfall'), ('milestone', 'Ett delmål'), ('consent', 'Ett samtycke'), ('ground', 'En rättslig grund'), ('identity', 'En uppgift om vem personen är'), ('exit', 'Ett avslut'), ('kept_note', 'En text ur ett formulär')], max_length=20, verbose_name='vad'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='first',
            field=models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='participants.livelihoodrecord'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='taken_back',
            field=models.BooleanField(default=False, editable=False, verbose_name='återtaget'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='why',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.textbody'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='not_reached',
            field=models.BooleanField(db_default=False, default=False, verbose_name='inte nådd'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='occupation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='occupied', to='projects.listed'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='education',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='educated', to='projects.listed'),
        ),
        migrations.AddField(
            model_name='livelihoodrecord',
            name='months_before',
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='månader före starten'),
        ),
        migrations.AlterModelOptions(
            name='livelihoodsource',
            options={'ordering': ('pk',)},
        ),
        migrations.AddField(
            model_name='livelihoodsource',
            name='line',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='supported', to='projects.listed'),
        ),
        migrations.AlterField(
            model_name='livelihoodsource',
            name='kind',
            field=models.CharField(blank=True, choices=[('social_assistance', 'Försörjningsstöd'), ('sickness_benefit', 'Sjukpenning'), ('rehabilitation_benefit', 'Rehabiliteringspenning'), ('sickness_compensation', 'Sjukersättning'), ('activity_compensation', 'Aktivitetsersättning'), ('activity_support', 'Aktivitetsstöd'), ('development_allowance', 'Utvecklingsersättning'), ('establishment_benefit', 'Etableringsersättning'), ('unemployment_benefit', 'A-kassa'), ('wage', 'Lön'), ('supported_wage', 'Lön från anställning med stöd'), ('own_business', 'Eget företag'), ('study_support', 'Studiestöd'), ('parental_benefit', 'Föräldrapenning'), ('pension', 'Ålderspension'), ('somebody_else', 'Försörjs av någon annan'), ('no_income', 'Ingen inkomst'), ('other', 'Annat'), ('not_reached', 'Inte nådd')], default='', max_length=30),
        ),
        migrations.AddConstraint(
            model_name='livelihoodrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='livelihood_corrected_once'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodrecord',
            constraint=models.UniqueConstraint(condition=models.Q(('superseded_at', None)), fields=('enrolment', 'moment'), name='livelihood_once_a_moment'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodrecord',
            constraint=models.CheckConstraint(condition=models.Q(('not_reached', False), models.Q(('education', None), ('months_before', None), ('occupation', None)), _connector='OR'), name='livelihood_not_reached'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodrecord',
            constraint=models.CheckConstraint(condition=models.Q(('months_before', None), models.Q(('moment', 'enrolment'), ('months_before__lte', 600)), _connector='OR'), name='livelihood_months_before'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodsource',
            constraint=models.UniqueConstraint(fields=('record', 'line'), name='livelihood_line_once'),
        ),
        migrations.AddConstraint(
            model_name='livelihoodsource',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('line__isnull', True), models.Q(('kind', ''), _negated=True)), models.Q(('kind', ''), ('line__isnull', False)), _connector='OR'), name='livelihood_line_or_kind'),
        ),
    ]
