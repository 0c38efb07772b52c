import core.actions
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0013_user_phone'),
        ('core', '0004_drafts_of_a_page'),
        ('participants', '0048_livelihood_lines'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name='misplacement',
            name='what',
            field=models.CharField(choices=[('meeting', 'Ett möte'), ('assessment', 'En kartläggning'), ('plan', 'En plan'), ('placement', 'En placering'), ('sick_listing', 'En sjukskrivning'), ('employment', 'En anställning'), ('livelihood', 'En uppgift om försörjning'), ('outcome', 'Ett utfall'), ('ability', 'En uppgift om arbetsförmåga'), ('milestone', 'Ett delmål'), ('consent', 'Ett samtycke'), ('ground', 'En rättslig grund'), ('identity', 'En uppgift om vem personen är'), ('exit', 'Ett avslut'), ('kept_note', 'En text ur ett formulär')], max_length=20, verbose_name='vad'),
        ),
        migrations.CreateModel(
            name='AbilityStatement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('concerns_on', models.DateField(verbose_name='dag')),
                ('recorded_at', models.DateTimeField(default=core.actions.stamp, editable=False)),
                ('category', models.CharField(choices=[('identity', 'Namn och kontakt'), ('support', 'Försörjning och sysselsättning'), ('assessment', 'Kartläggning'), ('health', 'Hälsa'), ('plan', 'Handlingsplan och delmål'), ('attendance', 'Närvaro'), ('meetings', 'Möten'), ('steps', 'Steg och utfall')], editable=False, max_length=20)),
                ('superseded_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('misplaced_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('taken_back', models.BooleanField(default=False, editable=False, verbose_name='återtaget')),
                ('party', models.CharField(choices=[('participant', 'Deltagaren'), ('employment_service', 'Arbetsförmedlingen'), ('social_services', 'Socialtjänsten'), ('labour_market_unit', 'Arbetsmarknadsenheten'), ('social_insurance', 'Försäkringskassan'), ('health_care', 'Vården')], max_length=20, verbose_name='part')),
                ('answer', models.CharField(choices=[('full_time', 'Kan arbeta heltid'), ('part_time', 'Kan arbeta deltid'), ('not_yet', 'Kan inte arbeta än'), ('unsure', 'Vet inte'), ('employable', 'Anställningsbar'), ('not_employable_yet', 'Inte anställningsbar än'), ('fit', 'Arbetsför'), ('partly_fit', 'Delvis arbetsför'), ('not_fit', 'Inte arbetsför'), ('whole', 'Hel arbetsförmåga'), ('three_quarters', 'Tre fjärdedels arbetsförmåga'), ('half', 'Halv arbetsförmåga'), ('quarter', 'En fjärdedels arbetsförmåga'), ('none', 'Ingen arbetsförmåga')], max_length=20, verbose_name='syn')),
                ('corrects', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='participants.abilitystatement')),
                ('enrolment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='abilities', to='participants.enrolment')),
                ('first', models.ForeignKey(blank=True, editable=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='participants.abilitystatement')),
                ('owner', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('recorded_by', models.ForeignKey(editable=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('why', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.textbody')),
                ('words', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='core.textbody')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('corrects__isnull', False)), fields=('corrects',), name='ability_corrected_once'), models.CheckConstraint(condition=models.Q(models.Q(('answer__in', ['full_time', 'part_time', 'not_yet', 'unsure']), ('party', 'participant')), models.Q(('answer__in', ['employable', 'not_employable_yet']), ('party', 'employment_service')), models.Q(('answer__in', ['fit', 'partly_fit', 'not_fit']), ('party', 'social_services')), models.Q(('answer__in', ['fit', 'partly_fit', 'not_fit']), ('party', 'labour_market_unit')), models.Q(('answer__in', ['whole', 'three_quarters', 'half', 'quarter', 'none']), ('party', 'social_insurance')), models.Q(('answer__in', ['whole', 'three_quarters', 'half', 'quarter', 'none']), ('party', 'health_care')), _connector='OR'), name='ability_told_by_party'), models.CheckConstraint(condition=models.Q(models.Q(('category', 'health'), ('party__in', ['social_insurance', 'health_care'])), models.Q(('category', 'support'), ('party__in', ['participant', 'employment_service', 'social_services', 'labour_market_unit'])), _connector='OR'), name='ability_category')],
            },
        ),
    ]
